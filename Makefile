# concrun: `make run` and `make test` are all that a newcomer needs; both install what is missing.

PREFIX ?= /usr/local
SHELL := /bin/bash

BUILD_PACKAGES := libyaml-dev zlib1g-dev libcurl4-openssl-dev pkg-config
TEST_PACKAGES := g++ python3 python3-venv gnuplot-nox curl nginx-light openssl procps strace

PYTHON_PACKAGES := python3 python3-venv

BENCH_PACKAGES := python3 wrk hyperfine time

# Started processes are what concrun measures, so its own start must be short: no relocation at start (no-pie), no
# libstdc++ to link at start (a folder that holds only the static one is searched first), no symbols to map (-s).
LINK := .build/link
RELEASE := -c release --static-swift-stdlib \
	-Xswiftc -Xclang-linker -Xswiftc -no-pie -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	-Xlinker -L$(CURDIR)/$(LINK) -Xlinker -s
BINARY := .build/release/concrun
VENV := .venv
SHARE := $(DESTDIR)$(PREFIX)/share
PYTHON_VENV := plugins/python/.venv

.PHONY: run concepts test build install lint format native python bench bench-python same-output clean packages test-packages python-packages

run: build
	$(BINARY) experiments/

# The tutorial's concepts, one experiment each: see docs/concepts.md.
concepts: build
	$(BINARY) experiments/concepts/

build: packages $(LINK)/libstdc++.a
	swift build $(RELEASE) --product concrun

test: test-packages $(VENV)/installed python
	SWIFT_BACKTRACE=enable=no swift test

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

native:
	@.ci/packages gcc libc6-dev
	$(MAKE) -C plugins/native

bench: build
	@.ci/packages $(BENCH_PACKAGES)
	python3 bench/bench.py $(BINARY)

bench-python: build python
	python3 bench/python_overhead.py $(BINARY)

# For changes that must keep behaviour: OLD is a binary from before. GROUPS names some of bench/same_output/ only.
same-output: build
	@.ci/packages python3 gcc libc6-dev
	python3 bench/same_output.py $(OLD) $(BINARY) $(GROUPS)

# What the strategies of plugins/python need.
python: $(PYTHON_VENV)/installed

install: build
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/concrun
	@mkdir -p $(addprefix $(SHARE)/,bash-completion/completions zsh/site-functions fish/vendor_completions.d)
	install -D -m 644 Sources/CConcrunWorkload/include/concrun_workload.h $(DESTDIR)$(PREFIX)/include/concrun_workload.h
	completions/generate bash $(BINARY) >$(SHARE)/bash-completion/completions/concrun
	completions/generate zsh $(BINARY) >$(SHARE)/zsh/site-functions/_concrun
	completions/generate fish $(BINARY) >$(SHARE)/fish/vendor_completions.d/concrun.fish

clean:
	rm -rf .build .build-* $(VENV) $(PYTHON_VENV)

packages:
	@.ci/packages $(BUILD_PACKAGES)

test-packages:
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)

python-packages:
	@.ci/packages $(PYTHON_PACKAGES)

$(LINK)/libstdc++.a:
	@mkdir -p $(LINK)
	@ln -sf "$(lastword $(sort $(wildcard /usr/lib/gcc/*/*/libstdc++.a)))" $@

$(VENV)/installed: Tests/EndToEndTests/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --requirement $<
	@touch $@

$(PYTHON_VENV)/installed: plugins/python/requirements.txt | python-packages
	python3 -m venv $(PYTHON_VENV)
	$(PYTHON_VENV)/bin/pip install --quiet --requirement $<
	@touch $@

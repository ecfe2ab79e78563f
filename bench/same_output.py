#!/usr/bin/env python3
"""Checks that two concrun binaries write the same, apart from measured values.

Usage: bench/same_output.py OLD NEW [GROUP …]. Exit status 1 when anything differs.

A group is a file of bench/same_output/. Its head has commands. The files that they work on follow, each after a line
"=== PATH". Both binaries run each group in a fresh folder with the same path. The lines of a head:

  kind: exact     Everything must be the same, byte for byte. This is the default.
  kind: run       The commands run trials. Measured values are masked; all else must be the same. Both binaries then
                  read the new binary's runs and must print the same, byte for byte.
  kind: resume    As `run`. `concrun-later` is the second binary, and all four pairs must do the same.
  + COMMAND       OLD runs it once. Both binaries start with the files that it leaves.
  $ COMMAND       A case. Standard output, standard error, exit status and then all files are compared.
  * GLOB COMMAND  A case for each matching file of the group, or of this repository below "repo/". {} is its name.
"""

import concurrent.futures
import difflib
import fnmatch
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from output_masks import mask_file, mask_messages, mask_output, number_run

GROUPS = pathlib.Path(__file__).resolve().parent / "same_output"
REPOSITORY = GROUPS.parent.parent
LONGEST = 60  # seconds, of one command
AT_ONCE = 2  # groups
SHOWN = 16  # lines of a diff
WIDE = 120
SHAPE = "exit {2}\n{0}--- standard error\n{1}"
REREAD = [
    f"find * -name {file} -printf '%h\\n' | sort | while read -r run; do echo $run; concrun {command}; done"
    for file, command in [
        ("trials.csv", "summary $run"),
        ("trials.csv", "summary $run --format csv"),
        ("trials.csv", "summary $run --format json"),
        ("trials.csv", "compare $run $run --format json"),
        ("timeline.json", "timeline $run"),
    ]
]


class Group:
    def __init__(self, path):
        head, *parts = re.split(r"^=== (.*)\n", path.read_text("utf-8"), flags=re.MULTILINE)
        self.name, self.kind = path.stem, "exact"
        self.files = dict(zip(parts[::2], parts[1::2]))
        self.before, self.commands = [], []
        for mark, rest in re.findall(r"^(kind:|[+$*]) (.*)$", head, flags=re.MULTILINE):
            if mark == "kind:":
                self.kind = rest
            elif mark == "*":
                pattern, command = rest.split(maxsplit=1)
                self.commands += [command.replace("{}", name) for name in self.names(pattern)]
            else:
                (self.before if mark == "+" else self.commands).append(rest)

    def names(self, pattern):
        if pattern.startswith("repo/"):
            return sorted(f"repo/{path.relative_to(REPOSITORY)}" for path in REPOSITORY.glob(pattern[5:]))
        return sorted(name for name in self.files if fnmatch.fnmatch(name, pattern))


class Folder:
    """Where both binaries work, one after the other."""

    def __init__(self, root, group):
        self.work, self.bin, self.kept = root / "work", root / "bin", root / "kept"
        self.group = group

    def link(self, binary, later):
        shutil.rmtree(self.bin, ignore_errors=True)
        self.bin.mkdir()
        (self.bin / "concrun").symlink_to(binary)
        (self.bin / "concrun-later").symlink_to(later)

    def begin(self, binary, later):
        self.link(binary, later)
        shutil.rmtree(self.work, ignore_errors=True)
        if self.kept.exists():
            shutil.copytree(self.kept, self.work, symlinks=True)
            return
        for name, text in self.group.files.items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            path.chmod(0o755 if text.startswith("#!") else 0o644)
        (self.work / "tmp").mkdir(parents=True)
        (self.work / "repo").symlink_to(REPOSITORY)

    def keep(self):
        self.kept.parent.mkdir(exist_ok=True)
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.work, self.kept, symlinks=True)

    def call(self, command):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CONCRUN_")}
        environment |= {
            "HOME": str(self.work / "home"),
            "XDG_STATE_HOME": str(self.work / "state"),
            "TMPDIR": str(self.work / "tmp"),
            "PATH": f"{self.bin}:{environment['PATH']}",
            "NO_COLOR": "1",
            "COLUMNS": "80",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        shell = subprocess.Popen(
            ["bash", "-c", command], cwd=self.work, env=environment, start_new_session=True, **pipes)
        try:
            output, error = shell.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(shell.pid, signal.SIGKILL)
            output, error = shell.communicate()
        return text(output), text(error), shell.returncode

    def results(self, binary, later, masks):
        """By name, each command's output and each file's text."""
        self.begin(binary, later)
        found = {}
        for command in self.group.commands:
            output, error, status = self.call(command)
            if masks:
                output, error = mask_output(output), mask_messages(error)
            found[f"$ {command}"] = SHAPE.format(output, error, status)
        for path in sorted(self.work.rglob("*")):
            name = str(path.relative_to(self.work))
            if masks:
                name = "/".join(number_run(parent, parent.name) for parent in [*reversed(path.parents), path])
                name = name.split("/work/", 1)[1]
            if path.is_symlink():
                target = os.readlink(path)
                found[name] = "link to " + (number_run(path, target) if masks else target)
            elif path.is_file():
                found[name] = mask_file(path.name, text(path.read_bytes())) if masks else text(path.read_bytes())
        return found

    def reread(self, binary):
        """What a binary makes of all runs that are here: byte for byte."""
        self.link(binary, binary)
        return {f"$ {command}": SHAPE.format(*self.call(command)) for command in REREAD}


def text(data):
    return data.decode("utf-8", "backslashreplace")


def short_lines(value):
    """Lines; those of tables and of JSON in one line end after each comma, so that a diff shows the place."""
    for line in value.splitlines():
        yield from (re.findall("[^,]+,*|,+", line) if len(line) > WIDE else [line])


class Report:
    """Of one group: the lines to print, how many cases there were, and how many of them differ."""

    def __init__(self):
        self.lines, self.cases, self.differing = [], 0, 0

    def compare(self, title, old, new):
        names = list(old) + [name for name in new if name not in old]
        self.cases += len(names)
        for name in names:
            if old.get(name) == new.get(name):
                continue
            self.differing += 1
            self.lines.append(f"{title}: {name}")
            if name in old and name in new:
                self.show(*(list(short_lines(found[name])) for found in (old, new)))
            else:
                self.lines.append(f"    only {'old' if name in old else 'new'} has it")

    def show(self, old, new):
        lines = list(difflib.unified_diff(old, new, "old", "new", n=1, lineterm="")) or ["a line feed at the end"]
        self.lines += [f"    {line[:2 * WIDE]}" for line in lines[:SHOWN]]
        if len(lines) > SHOWN:
            self.lines.append(f"    … and {len(lines) - SHOWN} lines more")


def check(group, old, new):
    report = Report()
    with tempfile.TemporaryDirectory(prefix="same_output") as root:
        folder = Folder(pathlib.Path(root), group)
        if group.before:
            folder.begin(old, old)
            for command in group.before:
                output, error, status = folder.call(command)
                if status:
                    sys.exit(f"{group.name}: '{command}' ends with status {status}: {error}")
            folder.keep()
        masks = group.kind != "exact"
        reference = folder.results(old, old, masks)
        report.compare(group.name, reference, folder.results(new, new, masks))
        if masks:
            report.compare(f"{group.name}, the runs of new read by both", folder.reread(old), folder.reread(new))
        if group.kind == "resume":
            report.compare(f"{group.name}, old by new", reference, folder.results(old, new, masks))
            report.compare(f"{group.name}, new by old", reference, folder.results(new, old, masks))
    return report


def main(old, new, *names):
    old, new = (pathlib.Path(path).resolve(strict=True) for path in (old, new))
    groups = [Group(path) for path in sorted(GROUPS.glob("*.txt")) if not names or path.stem in names]
    groups.sort(key=lambda group: group.kind == "exact")  # those that take long first
    cases = differing = 0
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for report in pool.map(lambda group: check(group, old, new), groups):
            cases, differing = cases + report.cases, differing + report.differing
            print("".join(f"{line}\n" for line in report.lines), end="", flush=True)
    print(f"{cases} cases, {differing} differ" + (": same" if cases and not differing else ""))
    return 0 if cases and not differing else 1


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))

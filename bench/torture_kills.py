#!/usr/bin/env python3
"""Kills processes of runs at random moments, resumes the runs, and looks for lost rows and for what is left behind.

torture_kills.py CONCRUN [CASES] [--seed N] [--only CASE] [--keep]

Each case starts a run in a folder of its own, kills one or two of its processes with SIGKILL, and waits for the end of
the rest. A third of the kills comes in the first 50 ms. Then it resumes the run and checks:

- lost: a row that the journal or trials.csv had before isn't there any more, or has changed, or a planned trial is missing
- doubled: an attempt of a trial has two rows
- torn: a line of trials.csv or of the journal isn't whole
- orphans: a process of the run lives on
- leftovers: a file is left that no finished run has
- latest: the link doesn't point to the newest run that has rows
- hung: a run took more than three minutes

The same seed makes the same choices. The table has a row for each kind of victim. The exit status is 1 if anything is
wrong; `--only` runs a single case again, and `--keep` keeps the folders of cases that are wrong.
"""

import argparse
import collections
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FAULTS = ["lost", "doubled", "torn", "orphans", "leftovers", "latest", "hung"]
VICTIMS = ["front", "runner", "trial", "worker", "origin", "plugin", "program", "all", "group"]
FILES = {
    "experiment.yaml", "hooks.log", "journal.jsonl", "manifest.json", "summary.csv", "tasks.csv", "timeline.json",
    "trials.csv", "logs"}
LIMIT = 180

EXPERIMENT = """\
plugins: [./plugin.py]
workloads:
  squares: { plugin: sum_of_squares, start: 20_000, count: 8 }
  pages: { plugin: download, urls: ["${origin}/a?size=1kB"], repeat: 8 }
strategies:
  threads: { max_workers: 2 }
  shared: { plugin: processes, max_workers: 2 }
  pipe: { plugin: processes, max_workers: 2, transport: pipe }
  external: {}
  script: { plugin: program, command: [sh, program.sh] }
trials: 3
RECORD
hooks: { before_run: [sh, -c, "setsid sleep 600 &"] }
"""

PLUGIN = """\
#!/usr/bin/env python3
import json, subprocess, sys, time
def say(**message):
    print(json.dumps(message), flush=True)
if sys.stdin.readline():
    say(type="description", protocol=1, strategies=[
        {"name": "external", "workloads": ["sum_of_squares"], "parameters": []}])
if sys.stdin.readline():
    say(type="ready")
    sys.stdin.readline()
    child = subprocess.Popen(["sleep", "600"], start_new_session=True)
    began = time.monotonic_ns()
    time.sleep(0.02)
    wall = time.monotonic_ns() - began
    say(type="tasks", tasks=[[task, 0, task, task + 1, "ok", 0] for task in range(8)])
    say(type="done", wall_ns=wall, checksum=CHECKSUM)
"""

PROGRAM = "setsid sleep 600 &\n(sleep 600 &)\nsleep 0.02\n"


def main():
    options = arguments()
    concrun = os.path.abspath(options.concrun)
    length = undisturbed(concrun)
    print(f"a run takes {length:.2f} s; seed {options.seed}", file=sys.stderr)
    table = collections.defaultdict(collections.Counter)
    wrong = 0
    numbers = [options.only] if options.only is not None else range(options.cases)
    for number in numbers:
        case = Case(concrun, options.seed, number, length)
        faults = case.run()
        row = table["+".join(case.victims)]
        row["cases"] += 1
        row["killed"] += case.killed
        row["rows"] += sum(len(rows) for rows, _ in case.before.values())
        row.update(kind for kind, _ in faults)
        if faults:
            wrong += 1
            print(f"case {number}: {case.story}", file=sys.stderr)
            for kind, words in faults:
                print(f"  {kind}: {words}", file=sys.stderr)
        case.remove(keep=options.keep and bool(faults))
    show(table)
    sys.exit(1 if wrong else 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("concrun", help="the binary")
    parser.add_argument("cases", nargs="?", type=int, default=300, help="how many (300)")
    parser.add_argument("--seed", type=int, default=1, help="of all choices (1)")
    parser.add_argument("--only", type=int, metavar="CASE", help="the number of a single case")
    parser.add_argument("--keep", action="store_true", help="keep the folders of cases that are wrong")
    return parser.parse_args()


def show(table):
    names = ["cases", "killed", "rows"] + FAULTS
    whole = sum(table.values(), collections.Counter())
    width = max(len(name) for name in [*table, "victims"])
    print(f"{'victims':{width}}" + "".join(f"{name:>11}" for name in names))
    for name, row in [*sorted(table.items()), ("all cases", whole)]:
        print(f"{name:{width}}" + "".join(f"{row[column]:>11}" for column in names))


def undisturbed(concrun):
    """The seconds that a whole run takes, which also shows that the experiment works."""
    case = Case(concrun, 0, 0, 0)
    began = time.monotonic()
    outcome = case.concrun("x.yaml", "--quiet")
    length = time.monotonic() - began
    if outcome.returncode != 0:
        sys.exit(f"the undisturbed run fails: {outcome.stderr.decode()}")
    case.remove()
    return length


class Case:
    def __init__(self, concrun, seed, number, length):
        choose = random.Random(f"{seed} {number}")
        self.binary = concrun
        self.choose = choose
        self.victims = choose.sample(VICTIMS, 2 if choose.random() < 0.25 else 1)
        is_early = choose.random() < 0.33
        self.delay = choose.uniform(0, 0.05) if is_early else choose.uniform(0, length)
        self.gap = choose.choice([0, choose.uniform(0, 0.01)])
        self.has_older_run = choose.random() < 0.4
        self.records = choose.random() < 0.3
        self.killed = 0
        self.before = {}
        self.faults = []
        self.folder = tempfile.mkdtemp(prefix="concrun-kills-")
        self.home, self.temporary, self.work = (f"{self.folder}/{name}" for name in ("home", "tmp", "work"))
        for folder in (self.home, self.temporary, self.work):
            os.mkdir(folder)
        self.write("x.yaml", EXPERIMENT.replace("RECORD", "record: tasks" if self.records else ""))
        self.write("program.sh", PROGRAM)
        self.write("plugin.py", PLUGIN.replace("CHECKSUM", json.dumps(checksum(20_000, 8))))
        os.chmod(f"{self.work}/plugin.py", 0o755)
        older = ", after an older run" if self.has_older_run else ""
        self.story = f"{' and '.join(self.victims)} after {self.delay * 1000:.1f} ms{older}"

    def write(self, name, text):
        with open(f"{self.work}/{name}", "w") as file:
            file.write(text)

    def remove(self, keep=False):
        if keep:
            print(f"  kept: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def environment(self):
        return {
            "HOME": self.home, "XDG_STATE_HOME": f"{self.home}/state", "TMPDIR": self.temporary, "LC_ALL": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin", "CONCRUN_NOTICES": self.folder}

    def concrun(self, *arguments):
        return subprocess.run(
            [self.binary, *arguments], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=LIMIT)

    def fault(self, kind, words):
        self.faults.append((kind, words))

    # The case

    def run(self):
        try:
            if self.has_older_run:
                self.concrun("x.yaml", "--quiet")
            self.kill_run()
            self.expect_no_orphans("after the kill")
            self.expect_latest("after the kill")
            self.before = {run: (self.table(run)[0], self.entries(run)) for run in self.runs()}
            resumed = self.concrun("x.yaml", "--quiet", "--resume")
            if resumed.returncode not in (0, 1):
                self.fault("lost", f"--resume: exit {resumed.returncode}: {resumed.stderr.decode()[-300:]}")
            self.expect_no_orphans("after --resume")
            self.expect_latest("after --resume")
            self.expect_whole()
            self.expect_no_leftovers()
        except subprocess.TimeoutExpired as error:
            self.fault("hung", f"{error.cmd[1:]}: {error.stderr}")
            self.end_all()
        return self.faults

    def kill_run(self):
        front = subprocess.Popen(
            [self.binary, "x.yaml", "--quiet"], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.delay)
        for place, victim in enumerate(self.victims):
            if place and self.gap:
                time.sleep(self.gap)
            self.killed += self.kill(victim, front)
        front.wait(timeout=LIMIT)

    def kill(self, victim, front):
        """Kills what plays that part now, or will soon."""
        deadline = time.monotonic() + 0.5
        while front.poll() is None:
            processes = tree(front.pid)
            pids = [pid for pid in processes if plays(victim, pid, front.pid, processes)]
            if victim not in ("all", "group"):
                pids = self.choose.sample(sorted(pids), min(1, len(pids)))
            if pids or time.monotonic() > deadline:
                for pid in pids:
                    send_kill(pid)
                return len(pids)
            time.sleep(0.001)
        return 0

    # What there is

    def runs(self):
        """The folders of runs, the oldest first."""
        results = f"{self.work}/results/x"
        names = os.listdir(results) if os.path.isdir(results) else []
        return sorted((name for name in names if name != "latest"), key=lambda name: (name.split("-")[0], len(name), name))

    def journal(self, run):
        """Whole lines with the places of trials."""
        try:
            with open(f"{self.work}/results/x/{run}/journal.jsonl", "rb") as file:
                return [line for line in file.read().split(b"\n")[1:] if line]
        except FileNotFoundError:
            return []

    def entries(self, run):
        """The lines of the journal that are whole."""
        return [line for line in self.journal(run) if is_json(line)]

    def table(self, run):
        """The rows of trials.csv by the place of their trial, and what is torn."""
        try:
            with open(f"{self.work}/results/x/{run}/trials.csv", newline="") as file:
                text = file.read()
        except FileNotFoundError:
            return {}, []
        rows, problems = {}, []
        if text and not text.endswith("\n"):
            problems.append("the last line has no end")
            text = text[: text.rfind("\n") + 1]
        lines = list(csv.reader(text.splitlines(keepends=True)))
        header = lines[0] if lines else []
        for line in lines[1:]:
            if len(line) != len(header):
                problems.append(f"{len(line)} fields instead of {len(header)}")
                continue
            row = dict(zip(header, line))
            place = row["cell_id"], row["block"], row["trial"], row["attempt"]
            if place in rows:
                problems.append(f"doubled: {place}")
            rows[place] = line
        return rows, problems

    # What is to be

    def expect_no_orphans(self, moment):
        mark = f"CONCRUN_NOTICES={self.folder}".encode()
        deadline = time.monotonic() + 5
        while rest := marked(mark):
            if time.monotonic() > deadline:
                words = ", ".join(f"{pid} {command_line(pid)}" for pid in rest)
                self.fault("orphans", f"{moment}: {words}")
                return self.end_all()
            time.sleep(0.01)

    def end_all(self):
        for pid in marked(f"CONCRUN_NOTICES={self.folder}".encode()):
            send_kill(pid)

    def expect_latest(self, moment):
        with_rows = [run for run in self.runs() if self.table(run)[0]]
        link = f"{self.work}/results/x/latest"
        target = os.readlink(link) if os.path.islink(link) else None
        if with_rows and target != with_rows[-1]:
            self.fault("latest", f"{moment}: {target} instead of {with_rows[-1]}; there are {self.runs()}")

    def expect_whole(self):
        for run, (rows, entries) in self.before.items():
            after = self.table(run)[0]
            for line in set(entries) - set(self.journal(run)):
                self.fault("lost", f"{run}: the journal had {line[:200]!r}")
            for place, row in rows.items():
                if after.get(place) != row:
                    self.fault("lost", f"{run}: {place}: {row} became {after.get(place)}")
        for run in self.runs():
            rows, problems = self.table(run)
            for problem in problems:
                self.fault("doubled" if problem.startswith("doubled") else "torn", f"{run}: {problem}")
            places = [place[:3] for place in rows]
            if len(set(places)) != PLANNED:
                self.fault("lost", f"{run}: {len(set(places))} of {PLANNED} trials")
            for line in self.journal(run):
                if not is_json(line):
                    self.fault("torn", f"{run}: the journal has {line[:80]!r}")
            if len(self.journal(run)) < len(rows):
                self.fault("lost", f"{run}: the journal has {len(self.journal(run))} of {len(rows)} rows")

    def expect_no_leftovers(self):
        results = f"{self.work}/results/x"
        for run in self.runs():
            for name in os.listdir(f"{results}/{run}"):
                if name not in FILES and not name.startswith("experiment"):
                    self.fault("leftovers", f"{run}/{name}")
        expected = 2 if self.has_older_run else 1
        if len(self.runs()) > expected:
            self.fault("leftovers", f"{len(self.runs())} runs instead of {expected}: {self.runs()}")
        for folder in (self.temporary, f"{self.work}/results"):
            for name in os.listdir(folder):
                if name != "x":
                    self.fault("leftovers", f"{folder}/{name}")
        places = {"results", "x.yaml", "program.sh", "plugin.py"}
        for name in set(os.listdir(self.work)) - places:
            self.fault("leftovers", name)


# Trials of a whole run: a warm-up and three of each of the 8 cells.
PLANNED = 4 * 8


def is_json(line):
    try:
        json.loads(line)
        return True
    except ValueError:
        return False


def checksum(start, count):
    """That of `sum_of_squares`, which the plugin only claims to have computed."""
    total = 0
    for task in range(count):
        last = start + task - 1
        total += (task + 1) * (last * (last + 1) * (2 * last + 1) // 6)
    return f"{total % 2**64:016x}"


# Processes


def tree(root):
    """The ids of a process and of all below it, with their parents."""
    parents = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as file:
                parents[int(pid)] = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            pass
    found = {root: parents.get(root)}
    while True:
        new = {pid: parent for pid, parent in parents.items() if parent in found and pid not in found}
        if not new:
            return found
        found.update(new)


def plays(victim, pid, front, processes):
    line = command_line(pid)
    name = process_name(pid)
    match victim:
        case "front":
            return pid == front
        case "group":
            return group(pid) == group(front)
        case "all":
            return name == "concrun"
        case "runner":
            # Where there is a guardian, its only child is the runner; otherwise the front is.
            return process_name(processes[pid]) == "crguardian" if guardian(processes) else pid == front
        case "trial" | "worker" | "origin":
            return f"__{victim}" in line
        case "plugin":
            return "plugin.py" in line and "__" not in line
        case "program":
            return "program.sh" in line and "__" not in line
    return False


def guardian(processes):
    return any(process_name(pid) == "crguardian" for pid in processes)


def command_line(pid):
    return read(f"/proc/{pid}/cmdline").replace(b"\0", b" ").decode(errors="replace").strip()


def process_name(pid):
    return read(f"/proc/{pid}/comm").decode(errors="replace").strip()


def group(pid):
    try:
        return os.getpgid(pid)
    except OSError:
        return None


def marked(mark):
    """Processes whose environment began with this mark in it. A process that has ended has none."""
    own = {os.getpid()}
    return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc")))
            if pid not in own and mark in read(f"/proc/{pid}/environ").split(b"\0")]


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def send_kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass


if __name__ == "__main__":
    main()

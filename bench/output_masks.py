"""Masks for what differs between two runs of one experiment: times, what depends on them, and chance."""

import re

RUN_ID = re.compile(r"\b\d{8}T\d{6}Z(?:-\d+)?\b")

MEASURED = re.compile(
    r"\w+_s|\w+_switches|\w*rss\w*_bytes|occupancy|cpu_utilization|overhead_ratio|wall_cv|n_outliers|speedup\w*"
    r"|efficiency|recommended|worker|lost_updates|most_at_once|connections|\w*_ns|memory_bytes|pid")
SELDOM = "max_process_rss"  # of a short program it isn't always known
NUMBER = r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?"
# Measured durations in messages.
DURATIONS = [
    r"(?<=after )\d+(?= milliseconds)",
    r"(?<=after )\d+(?= ms:)",
    r"(?<=done after )\d+(?= ns)",
    r"(?<=and only )\d+(?= ns)",
    r"(?<=in )[\d.]+(?= seconds)",
]
# These warnings depend on times.
UNSTEADY = (
    r"trend|two levels|outliers|more workers than cores|busy client|coarse clock|recorded|seen from outside"
    r"|overloaded|busy origin|the rate was the limit|this machine|busy")


def number_run(path, name):
    """The name of a run's folder: its number among those beside it, for the name itself is the time."""
    if not RUN_ID.fullmatch(name):
        return name
    runs = sorted(other.name for other in path.parent.iterdir() if RUN_ID.fullmatch(other.name))
    return f"RUN_{runs.index(name) + 1}"


def mask_times(value):
    value = RUN_ID.sub("RUN_ID", value)
    value = re.sub(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "TIME", value)
    value = re.sub("|".join(DURATIONS), "#", value)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", value).replace("concrun-later", "concrun")


def mask_messages(value):
    lines = mask_times(value).splitlines(keepends=True)
    unsteady = re.compile(rf"  about .* to go|.*\d (s|min|h) to go$|  warning: ({UNSTEADY})|concrun: waiting for ")
    return "".join(line for line in lines if not unsteady.match(line))


def mask_output(value):
    """Tables of numbers, and claims made of them. `summary` of fixed results is compared exactly, in another group."""
    value = mask_messages(value)
    value = re.sub(r"^(  [^:\n]+): .*", r"\1: CLAIM", value, flags=re.MULTILINE)
    value = re.sub(r"(?<![\w.=])\d[\d,]*(\.\d+)?( ?(ns|µs|ms|s|k|M|G|×|%|[kMG]i?B|B)(?!\w))?", "#", value)
    return re.sub(r" {2,}", "  ", value)


def mask_csv(value):
    fields = re.findall(r'("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)', value)
    rows, row = [], []
    for field, end in fields:
        row.append(field)
        if end != ",":
            rows.append(row)
            row = []
    columns = rows[0]
    for row in rows[1:]:
        for index, name in enumerate(columns[:len(row)]):
            number = f"{NUMBER}|true|false" + ("|" if name.startswith(SELDOM) else "")
            if MEASURED.fullmatch(name) and re.fullmatch(number, row[index]):
                row[index] = "#"
    return "\n".join(",".join(row) for row in rows)


def mask_json(value):
    def mask(match):
        return match[1] + match[2] + ("#" if MEASURED.fullmatch(match[1].strip('"')) else match[3])

    def steady(match):
        kept = [line for line in match[2].splitlines() if not re.match(rf' +"({UNSTEADY})', line)]
        return match[1] + "\n".join(line.rstrip(",") for line in kept) + match[3]

    plan = re.search(r'^  "plan" : \{.*?^  \}', value, flags=re.MULTILINE | re.DOTALL)
    begin, end = plan.span() if plan else (0, 0)
    rest = (re.sub(rf'("\w+")( ?: ?)({NUMBER}|true|false)', mask, part) for part in (value[:begin], value[end:]))
    value = next(rest) + value[begin:end] + next(rest)
    value = value.replace(f'"{SELDOM}_bytes":#,', "")
    return re.sub(r'("warnings" : \[\n)(.*?)(\n  \])', steady, value, flags=re.DOTALL)


def mask_timeline(value):
    """Trials as they are; of their events the kinds, for which worker did what, and how often, is chance."""
    trials = [line for line in value.splitlines() if '"process_name"' in line]
    kinds = {re.sub(NUMBER, "#", line).rstrip(",") for line in value.splitlines() if '"process_name"' not in line}
    return "\n".join(trials + sorted(kinds))


def mask_file(name, value):
    value = mask_times(value)
    if name == "timeline.json":
        return mask_timeline(value)
    if name in ("trials.csv", "tasks.csv", "summary.csv"):
        return mask_csv(value)
    if name == "doctor.json":
        return re.sub(f" {NUMBER}", " #", value)
    if name in ("manifest.json", "journal.jsonl"):
        return mask_json(value)
    return mask_messages(value)

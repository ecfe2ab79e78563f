"""What the clocked part of a trial used: this process and its children that have ended."""

import re
import resource

COUNTED = {
    "cpu_user_ns": lambda usage: round(usage.ru_utime * 1e9),
    "cpu_system_ns": lambda usage: round(usage.ru_stime * 1e9),
    "voluntary_switches": lambda usage: usage.ru_nvcsw,
    "involuntary_switches": lambda usage: usage.ru_nivcsw,
}


def used():
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {name: sum(count(usage) for usage in usages) for name, count in COUNTED.items()}


def difference(before, after):
    usage = {name: after[name] - before[name] for name in COUNTED}
    usage["max_rss_bytes"] = max(own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
    return usage


def own_peak():
    """This program's. ru_maxrss would have that of the program that started it, too."""
    with open("/proc/self/status") as file:
        return int(re.search(r"VmHWM:\s*(\d+) kB", file.read())[1]) * 1024

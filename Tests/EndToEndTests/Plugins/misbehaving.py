#!/usr/bin/env python3
"""A plugin that does one thing wrong in each trial: the parameter `way` says which."""
import json
import os
import signal
import subprocess
import sys
import time

WAYS = [
    "none", "bad_json", "silence", "silent_run", "early_exit", "exit_status", "segfault", "crash_in_run", "flood",
    "flood_of_errors", "flood_of_tasks", "wrong_protocol", "out_of_turn", "unknown_type", "task_twice",
    "task_missing", "task_out_of_range", "worker_out_of_range", "times_reversed", "ends_after_the_run",
    "wrong_checksum", "no_checksum", "error", "closes_output", "never_ends", "bad_end", "leaves_children",
    "failing_tasks", "two_messages_too_many", "other_strategy", "longer_than_seen",
    "overlapping", "too_many_bytes", "negative_usage", "partial_usage", "bad_checksum", "not_utf8",
]


def say(**message):
    print(json.dumps(message), flush=True)


def hear():
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return json.loads(line)


def parameter(name, kind, default, **more):
    return {"name": name, "type": kind, "default": default, "help": "A parameter.", **more}


def describe(protocol=1, name="misbehaving"):
    say(type="description", protocol=protocol, strategies=[{
        "name": name, "summary": "Does things wrong.", "workloads": ["null"],
        "parameters": [parameter("way", "choice", "none", choices=WAYS),
                       parameter("max_workers", "integer", 2, minimum=1)],
        "parallelism": "one_thread", "metrics": ["ways"], "unknown_field": [1]}])


def flood(stream, text):
    try:
        while True:
            stream.write(text * 1000)
    except BrokenPipeError:
        os._exit(0)


def misbehave_before_ready(way):
    if way == "bad_json":
        print("{ this isn't JSON", flush=True)
    elif way == "silence":
        time.sleep(3600)
    elif way == "early_exit":
        sys.exit(0)
    elif way == "exit_status":
        print("no such luck", file=sys.stderr)
        sys.exit(3)
    elif way == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif way == "flood":
        flood(sys.stdout, "x" * 1000)
    elif way == "out_of_turn":
        say(type="done", wall_ns=1)
    elif way == "not_utf8":
        os.write(1, b'{"type":"ready\xff"}\n')
    elif way == "unknown_type":
        say(type="dance")
    elif way == "error":
        say(type="error", message="the moon is in the wrong house")
    elif way == "closes_output":
        os.close(1)
        time.sleep(3600)
    elif way == "leaves_children":
        subprocess.Popen(["sleep", f"3600.{os.environ['MARK']}"], start_new_session=True)
    elif way == "two_messages_too_many":
        say(type="ready")
        say(type="ready")


def rows(way, count):
    result = [[task, task % 2, 1000 * task, 1000 * task + 500, "ok", 0] for task in range(count)]
    if way == "task_twice":
        result[3] = result[2]
    elif way == "task_missing":
        del result[3]
    elif way == "task_out_of_range":
        result[3][0] = count
    elif way == "worker_out_of_range":
        result[3][1] = 2
    elif way == "times_reversed":
        result[3][2], result[3][3] = result[3][3], result[3][2]
    elif way == "ends_after_the_run":
        result[3][3] = 10**12
    elif way == "overlapping":
        result[3][2] = 1000
    elif way == "too_many_bytes":
        result[3][5] = 2**62
    elif way == "failing_tasks":
        result[3][4:] = ["failed", 7, "the cat sat on it"]
        result[4][4:] = ["timeout", 0]
    return result


def main():
    hear()
    # The way isn't known yet when a plugin describes itself: what goes wrong there, the environment says.
    early = os.environ.get("EARLY", "")
    if early == "silence":
        time.sleep(3600)
    describe(2 if early == "wrong_protocol" else 1, "other" if early == "other_strategy" else "misbehaving")
    order = hear()
    way = order["parameters"]["way"]
    if way == "flood_of_errors":
        flood(sys.stderr, "x" * 1000 + "\n")
    misbehave_before_ready(way)
    say(type="ready")
    hear()
    if way == "silent_run":
        time.sleep(3600)
    elif way == "crash_in_run":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif way == "flood_of_tasks":
        flood(sys.stdout, json.dumps({"type": "tasks", "tasks": []}) + "\n")
    count = order["work"]["tasks"]
    say(type="tasks", tasks=rows(way, count)[:5])
    say(type="tasks", tasks=rows(way, count)[5:])
    checksum = {} if way == "no_checksum" else {"checksum": "%016x" % (way == "wrong_checksum")}
    wall = 10**12 if way == "longer_than_seen" else 1000 * count
    if way == "bad_checksum":
        checksum = {"checksum": "+" + 15 * "0"}
    if way == "negative_usage":
        checksum["usage"] = {"cpu_user_ns": -1, "cpu_system_ns": 0, "voluntary_switches": 0, "involuntary_switches": 0}
    if way == "partial_usage":
        checksum["usage"] = {"voluntary_switches": 7, "max_rss_bytes": 123456789, "cpu_user_ns": None}
    say(type="done", wall_ns=wall, metrics={"ways": 1}, **checksum)
    if way == "never_ends":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(3600)
    hear_end = sys.stdin.read()
    assert hear_end == ""
    if way == "bad_end":
        sys.exit(4)


main()

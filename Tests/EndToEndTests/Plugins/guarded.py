#!/usr/bin/env python3
"""A plugin with a secret parameter, which it tells everybody."""
import json
import os
import sys


def say(**message):
    print(json.dumps(message), flush=True)


def hear():
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return json.loads(line)


hear()
say(type="description", protocol=1, strategies=[{
    "name": "guarded", "summary": "Has a secret.", "workloads": ["null"],
    "parameters": [{"name": "pin", "type": "string", "required": True, "secret": True, "help": "A secret."},
                   {"name": "hex", "type": "string", "default": "", "help": "Bytes to print as they are."}]}])
order = hear()
pin, raw = order["parameters"]["pin"], bytes.fromhex(order["parameters"]["hex"])
os.write(2, raw + b"\n")
say(type="error", message=f"{len(pin)} bytes: {pin} {os.environ.get('API_TOKEN', '')} {raw.decode(errors='replace')}")
sys.exit(0)

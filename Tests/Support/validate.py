"""Validates YAML texts by a JSON Schema: {"schema": …, "files": {name: text}} in; {name: [messages]} out.

Each text is read as YAML 1.2 has it (editors) and as YAML 1.1 has it (PyYAML); what only one of them objects to counts,
and the message says which.
"""

import json
import re
import sys

import jsonschema
import yaml


class Reader11(yaml.SafeLoader):
    """Keys are texts, as in JSON; there are no dates."""

    def construct_mapping(self, node, deep=False):
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def construct_mapping(reader, node):
    return reader.construct_mapping(node)


def without_dates(resolvers):
    kept = {}
    for first, pairs in resolvers.items():
        kept[first] = [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    return kept


Reader11.yaml_implicit_resolvers = without_dates(yaml.SafeLoader.yaml_implicit_resolvers)
Reader11.add_constructor("tag:yaml.org,2002:map", construct_mapping)


class Reader12(Reader11):
    """The core schema."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("merge", r"^<<$", "<"),
]:
    Reader12.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))
Reader12.add_constructor("tag:yaml.org,2002:int", lambda reader, node: int(node.value))
Reader12.add_constructor("tag:yaml.org,2002:float", lambda reader, node: float(node.value))


def problems(validator, text):
    for version, reader in [("1.1", Reader11), ("1.2", Reader12)]:
        for error in validator.iter_errors(yaml.load(text, reader)):
            yield f"{version}: {error.json_path}: {error.message}"


request = json.load(sys.stdin)
jsonschema.Draft7Validator.check_schema(request["schema"])
validator = jsonschema.Draft7Validator(request["schema"])
json.dump({name: list(problems(validator, text)) for name, text in request["files"].items()}, sys.stdout)

"""Reads the hand-written OpenAPI document, its schemas and its examples for test_contract.py."""

import json
from collections.abc import Iterator
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "api"
PATH = FOLDER / "cartona.openapi.yaml"
DOCUMENT = yaml.safe_load(PATH.read_text(encoding="utf-8"))


def violations(schema: dict, value) -> list[str]:
    """Where a value breaks a schema of the document."""
    validator = Draft202012Validator({**schema, "components": DOCUMENT["components"]})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def example_uses(node=DOCUMENT) -> Iterator[tuple[str, dict]]:
    """Each example file with a schema that it is an example of."""
    if isinstance(node, list):
        for child in node:
            yield from example_uses(child)
    elif isinstance(node, dict):
        for example in node.get("examples", {}).values():
            yield example["externalValue"], node["schema"]
        for child in node.values():
            yield from example_uses(child)


def example(name: str):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))

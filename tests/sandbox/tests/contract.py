"""Reads the hand-written OpenAPI document, its examples and its schemas for the tests."""

import json
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "api"
PATH = FOLDER / "cartona.openapi.yaml"
DOCUMENT = yaml.safe_load(PATH.read_text(encoding="utf-8"))
_URI = "urn:cartona"
_REGISTRY = Registry().with_resource(
    _URI, Resource.from_contents(DOCUMENT, default_specification=_specification())
) if False else None

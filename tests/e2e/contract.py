"""Holds a request that the sandbox received against the OpenAPI document, part by part.

Used by test_contract.py.
"""

import json
import re
from urllib.parse import parse_qsl

from tests.sandbox.tests.contract import DOCUMENT, violations

BASE = "/api/v1"
JSON = "application/json"


def complaints(entry):
    """:param entry: one of the sandbox's journal. :return: where it leaves the contract"""
    item, operation = _find(entry)
    if not operation:
        return [f"{entry['method']} {entry['path']} is no call of the contract"]
    parameters = [
        _resolve(one) for one in [*item.get("parameters", []), *operation.get("parameters", [])]
    ]
    return [
        *_about_query(entry["query"], [one for one in parameters if one["in"] == "query"]),
        *_about_token(entry["headers"], operation.get("security", DOCUMENT["security"])),
        *_about_body(entry, operation.get("requestBody")),
    ]


def _resolve(node):
    """Follow a reference inside the document."""
    if "$ref" in node:
        target = DOCUMENT
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return target
    return node


def _find(entry):
    """What the document says about a request's path, and about its method there."""
    for template, item in DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), entry["path"].removeprefix(BASE)):
            found = _resolve(item)
            return found, found.get(entry["method"].lower())
    return {}, None


def _about_query(query, parameters):
    known = {one["name"]: one for one in parameters}
    pairs = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _value in pairs]
    for name in {one for one in names if names.count(one) > 1}:
        yield f"{name} is said twice"
    for name, value in pairs:
        if name not in known:
            yield f"the contract has no parameter {name} here"
        else:
            schema = known[name]["schema"]
            is_number = schema.get("type") == "integer" and re.fullmatch(r"-?\d+", value)
            for found in violations(schema, int(value) if is_number else value):
                yield f"{name}: {found}"
    for name, one in known.items():
        if one.get("required") and name not in names:
            yield f"the parameter {name} is missing"


def _about_token(headers, security):
    schemes = DOCUMENT["components"]["securitySchemes"]
    carriers = {
        schemes[name].get("name", "authorization").lower() for one in security for name in one
    }
    found = carriers & {name.lower() for name in headers}
    if len(found) != 1:
        yield f"the token must be in one of {sorted(carriers)}, and is in {sorted(found)}"


def _about_body(entry, wanted):
    headers, body = entry["headers"], entry.get("body")
    if JSON not in headers.get("accept", ""):
        yield f"the answer is JSON, and {headers.get('accept')} was asked for"
    if not wanted:
        if body or "content-type" in headers:
            yield "a body that nobody asked for"
        return
    if headers.get("content-type") not in wanted["content"]:
        yield f"a body of the type {headers.get('content-type')}"
    yield from violations(wanted["content"][JSON]["schema"], json.loads(body))

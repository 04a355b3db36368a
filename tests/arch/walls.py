"""What must not know of each other: the addon and the sandbox. Run by test_repository."""

import ast

from .repository import ADDON, imports, rule

SANDBOX = "tests/sandbox"
# A shorter function may look the same by chance.
SHORTEST_COPY = 4


@rule
def the_sandbox_knows_nothing_of_the_addon(repository):
    for source in repository.under(SANDBOX):
        for node, name in imports(source):
            if name.split(".")[0] in (ADDON, "odoo"):
                yield source.at(node, f"the sandbox must not import {name}")


@rule
def the_addon_knows_nothing_of_the_sandbox(repository):
    for source in repository.under(ADDON):
        for node, name in imports(source):
            outside = name.split(".")[0] in ("tests", "tools", "fastapi", "uvicorn", "starlette")
            if outside or "sandbox" in name.split("."):
                yield source.at(node, f"the addon must not import {name}")


@rule
def the_sandbox_copies_no_code_of_the_addon(repository):
    known = {}
    for source in repository.addon:
        for _node, body in _bodies(source):
            known[body] = source.path
    for source in repository.under(SANDBOX):
        for node, body in _bodies(source):
            if body in known:
                yield source.at(node, f"{node.name} is a copy of code in {known[body]}")


def _bodies(source):
    """Yield (function, a fingerprint of what it does) for all but the shortest functions."""
    for node in source.nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if (
                sum(isinstance(n, ast.stmt) for part in body for n in ast.walk(part))
                >= SHORTEST_COPY
            ):
                yield node, "\n".join(map(ast.dump, body))

"""What must not know of each other: the addon and the sandbox. Run by test_repository."""

import ast

from .repository import ADDON, imports, rule, strings

SANDBOX = "tests/sandbox"
# The token's way, from its column to the wire: who may take it one step further.
TOKEN_COLUMNS = ("auth_token_secret", "auth_token_origin")
TOKEN_STORE = f"{ADDON}/models/secret_store.py"
HANDS = {
    "find_secrets": f"{ADDON}/models/marketplace_config_token.py",
    "find_sharing": f"{ADDON}/models/marketplace_config_account.py",
    "prepare_columns": f"{ADDON}/models/marketplace_config_token.py",
    "write_secret": f"{ADDON}/models/marketplace_config_token.py",
    "read_secret": f"{ADDON}/models/marketplace_api.py",
    "reveal": f"{ADDON}/transport.py",
}
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


@rule
def the_token_passes_through_few_hands(repository):
    """Only functions that no record leads to read it, and nobody imports more than he needs."""
    for source in repository.addon:
        for node, name in imports(source):
            last = name.rpartition(".")[2]
            if last in ("secret_store", "secret") or HANDS.get(last, source.path) != source.path:
                yield source.at(node, f"only {HANDS.get(last, 'its functions')} may use {last}")
        for node in strings(source):
            if source.path != TOKEN_STORE and any(name in node.value for name in TOKEN_COLUMNS):
                yield source.at(node, f"the columns of the token are {TOKEN_STORE}'s alone")


@rule
def nothing_that_reads_the_token_is_a_method(repository):
    """A template's expression may call any method of a model."""
    for source in repository.addon:
        for node in source.nodes:
            if isinstance(node, ast.ClassDef):
                for part in ast.walk(node):
                    if isinstance(part, ast.Name) and part.id == "read_secret":
                        yield source.at(part, "read the token in a function, not in a method")

"""How long files and functions may be, and how a file begins. Run by test_repository."""

import ast
import re

from .repository import ADDON, rule

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
CODE = (".py", ".js", ".css", ".scss", ".sh")
CONFIGURATION = (".sql", ".yml", ".yaml", ".toml", ".conf", "Makefile", "Dockerfile")
OPENING = re.compile(r"""(#![^\n]*\n)?\s*(#|;|//|/\*|--|\w{0,2}["']{1,3})""")


@rule
def files_are_short(repository):
    views = [s for s in repository.under(ADDON, ends=".xml") if "/demo/" not in s.path]
    for source in [*repository.under("", ends=CODE), *views]:
        lines = len(source.text.splitlines())
        if lines > LONGEST_FILE:
            yield source.at(1, f"{lines} lines, at most {LONGEST_FILE}")


@rule
def functions_are_short(repository):
    for source in repository.under(""):
        for node in source.nodes:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    yield source.at(node, f"{node.name}: {lines} lines, at most {LONGEST_FUNCTION}")


@rule
def files_open_with_what_they_own(repository):
    for source in repository.under("", ends=CODE + CONFIGURATION):
        if not OPENING.match(source.text) and not _only_imports(source):
            yield source.at(1, "open with a line or three: what it owns, who calls it")


def _only_imports(source):
    """A package's `__init__` that only loads its rooms needs no words; nor does an empty file."""
    if not source.path.endswith("__init__.py"):
        return not source.text.strip()
    return all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in source.tree.body)

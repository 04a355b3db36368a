"""A repository's files as the rules see them, and the register of rules.

Used by all of tests/arch.
"""

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ADDON = "cartona_integration"
RULES = {}


def rule(function):
    """Register `function(repository)`, which yields one complaint for each offence."""
    RULES[function.__name__] = function
    return function


@dataclass(frozen=True)
class Source:
    """One file; `path` is relative to the repository and uses slashes."""

    path: str
    file: Path

    @cached_property
    def text(self):
        return self.file.read_text(encoding="utf-8")

    @cached_property
    def tree(self):
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self):
        return list(ast.walk(self.tree))

    def at(self, node, complaint):
        """:return: the complaint with its place; `node` is an AST node or a line number"""
        return f"{self.path}:{getattr(node, 'lineno', node)}: {complaint}"


class Repository:
    """All files that are, or are about to be, under version control."""

    def __init__(self, root):
        self.root = Path(root)

    @cached_property
    def sources(self):
        return [Source(path, self.root / path) for path in sorted(self._paths())]

    def _paths(self):
        if not (self.root / ".git").exists():
            found = (path for path in self.root.rglob("*") if path.is_file())
            return [path.relative_to(self.root).as_posix() for path in found]
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True)
        return [path for path in set(listed.stdout.split("\0")) if (self.root / path).is_file()]

    def under(self, *folders, ends=".py"):
        """:return: the sources below any of the folders ("" is everything) with such an ending"""
        prefixes = tuple(f"{folder}/" if folder else "" for folder in folders)
        return [s for s in self.sources if s.path.startswith(prefixes) and s.path.endswith(ends)]

    @property
    def addon(self):
        """The addon's own Python, its tests apart."""
        return [s for s in self.under(ADDON) if not s.path.startswith(f"{ADDON}/tests/")]


def dotted(node):
    """:return: `a.b.c` of a chain of names and attributes, "" for anything else"""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""


def strings(source):
    """:return: every string constant's node"""
    return [n for n in source.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def calls(source, *names):
    """:return: the calls of any function or method with one of these last names"""
    return [n for n in source.nodes if isinstance(n, ast.Call) and last_name(n.func) in names]


def last_name(node):
    return getattr(node, "attr", None) or getattr(node, "id", "")


def imports(source):
    """Yield (node, absolute dotted name); relative imports are resolved from the file's place."""
    package = source.path.removesuffix(".py").split("/")[:-1]
    for node in source.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                yield node, f"{module}.{alias.name}"


def model_classes(source):
    """Yield (class node, the `_name` of a new model or None, its `_inherit` names)."""
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            facts = {
                target.id: statement.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
            }
            if facts:
                names = _literal(facts.get("_name")), _literal(facts.get("_inherit"))
                inherited = [names[1]] if isinstance(names[1], str) else names[1] or []
                # An extension that also takes a mixin in has to repeat the name.
                yield node, None if names[0] in inherited else names[0], inherited


def _literal(node):
    return ast.literal_eval(node) if isinstance(node, (ast.Constant, ast.List, ast.Tuple)) else None

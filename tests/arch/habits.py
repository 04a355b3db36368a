"""Habits that hold for every file: errors, tests, nothing of one machine.

Run by test_repository.
"""

import ast
import re

from .repository import ADDON, last_name, rule

BROAD = {"Exception", "BaseException"}
SKIPS = {"SkipTest", "importorskip", "skip", "skipIf", "skipTest", "skipUnless", "skipif", "xfail"}
# path: why a test may be left out there.
MAY_SKIP = {
    "tests/sandbox/tests/browser.py": "no Chromium can be had there; the run says so loudly",
}
# path: why it may catch whatever is raised.
MAY_CATCH_ALL = {
    f"{ADDON}/models/marketplace_intake.py": "one order's error of an app is kept and shown with "
    "it, and the orders behind it go on",
    f"{ADDON}/utils/redaction_filter.py": "other addons' log calls run in it, and it tells of them",
}
# path: why it may wait.
MAY_SLEEP = {
    "tests/bench/load.py": "sends each request at its planned moment",
    **{
        f"tests/{folder}/waiting.py": "looks again and again, until what is awaited or a deadline"
        for folder in ("bench", "chaos")
    },
}
MACHINE = re.compile(
    r"(?<![\w.~$}/-])/(?:root|work|workspace|Users)/|(?<![\w.~$}/-])/home/(?!odoo\b)\w"
    r"|\b[A-Z]:\\\\?Users\\"
)
REGISTRY = re.compile(
    r"^\s*(?:--)?(?:extra-)?index[-_]url[ =]|^\s*(?:--)?find[-_]links[ =]"
    r"|^\s*registry\s*=|_auth[T]oken"
    r"|\"resolved\"\s*:|@ https?://|https?://[^\s/\"']*(?:artifactory|nexus|mirror)[^\s/\"']*/",
    re.MULTILINE,
)
TEXT = (
    ".py", ".js", ".mjs", ".json", ".xml", ".yml", ".yaml", ".toml", ".cfg", ".conf", ".txt", ".md",
    ".rst", ".sh", ".csv", ".sql", ".html", ".css", ".scss", ".po", ".pot", "Makefile", ".ci/run",
    ".npmrc", ".pylintrc", "Dockerfile", ".ini",
)  # fmt: skip


@rule
def no_broad_except(repository):
    """A handler that ends by raising the same error again swallows nothing and may be broad."""
    for source in repository.under(""):
        nodes = () if source.path in MAY_CATCH_ALL else source.nodes
        for node in nodes:
            if isinstance(node, ast.ExceptHandler) and _is_broad(node):
                end = node.body[-1]
                if not (isinstance(end, ast.Raise) and end.exc is None):
                    yield source.at(node, "name the errors that are meant")


def _is_broad(handler):
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(last_name(kind) in BROAD for kind in kinds)


def _tests(repository):
    """Tests and their helpers; the sandbox itself is a server, whose delays are its purpose."""
    for source in repository.under(f"{ADDON}/tests", "tests"):
        inside = source.path.removeprefix("tests/sandbox/")
        if inside == source.path or inside.startswith("tests/"):
            yield source


@rule
def no_test_sleeps(repository):
    for source in _tests(repository):
        for node in source.nodes:
            if (
                isinstance(node, ast.Call)
                and last_name(node.func) == "sleep"
                and source.path not in MAY_SLEEP
            ):
                yield source.at(node, "wait for what is awaited, not for time to pass")


@rule
def no_test_is_skipped(repository):
    for source in _tests(repository):
        for node in source.nodes:
            if (
                isinstance(node, (ast.Name, ast.Attribute))
                and last_name(node) in SKIPS
                and source.path not in MAY_SKIP
            ):
                yield source.at(node, f"no test may be left out ({last_name(node)})")


@rule
def nothing_of_one_machine_is_kept(repository):
    for source in repository.under("", ends=TEXT):
        for pattern, what in ((MACHINE, "a path of one machine"), (REGISTRY, "a download host")):
            for match in pattern.finditer(source.text):
                line = source.text.count("\n", 0, match.start()) + 1
                yield source.at(line, f"{what}: {match[0].strip()}")

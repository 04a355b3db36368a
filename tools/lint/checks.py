"""What is checked and by which program. Used by tools.lint.main alone.

The rules themselves stand where editors look for them: ruff.toml, .pylintrc, .prettierrc.yml
and eslint.config.mjs at the top of the repository.
"""

from dataclasses import dataclass

from ..console import say
from ..paths import ADDON, LOGS, ROOT
from ..process import run

FORMATTED = f"{ADDON}/**/*.{{xml,js,css,scss}}"
SCRIPTS = (f"{ADDON}/static/src", f"{ADDON}/static/tests", "tests/sandbox")


@dataclass(frozen=True)
class Check:
    """One program over all the files that concern it."""

    name: str
    command: list


def python_checks(python, fix):
    """:param python: the interpreter of the linters' own virtual environment"""
    ruff = [python, "-m", "ruff"]
    return [
        Check("ruff check", [*ruff, "check", *(["--fix"] if fix else [])]),
        Check("ruff format", [*ruff, "format", *([] if fix else ["--diff"])]),
        Check("pylint-odoo", [python, "-m", "pylint", ADDON]),
    ]


def javascript_checks(tools, fix):
    """:param tools: toolchain.NodeTools"""
    prettier = [tools.node, tools.modules / "prettier/bin/prettier.cjs"]
    plugin = tools.modules / "@prettier/plugin-xml/src/plugin.js"
    action = "--write" if fix else "--check"
    eslint = [tools.node, tools.modules / "eslint/bin/eslint.js", "--no-warn-ignored"]
    return [
        Check(
            "prettier",
            [
                *prettier,
                f"--plugin={plugin}",
                action,
                "--log-level=warn",
                "--no-error-on-unmatched-pattern",
                FORMATTED,
            ],
        ),
        Check(
            "eslint",
            [
                *eslint,
                "--no-error-on-unmatched-pattern",
                *(["--fix"] if fix else []),
                *(folder for folder in SCRIPTS if (ROOT / folder).is_dir()),
            ],
        ),
    ]


def run_check(check):
    """Run it, print its line, and its findings if there are any. :return: True when content"""
    log = f"lint-{check.name.replace(' ', '-')}.log"
    ok = not run(check.command, log, what=check.name, cwd=ROOT, check=False)
    say(f"{check.name}: {'ok' if ok else 'failed'}")
    if not ok:
        say((LOGS / log).read_text().rstrip())
    return ok

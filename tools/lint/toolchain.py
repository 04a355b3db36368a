"""Gets the linters: a virtual environment and an npm folder in the cache, made once per pin.

Called by tools.lint. The folders' names carry a hash of what is pinned, so that clones share
them and a new pin never meets an old one.
"""

import hashlib
import os
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
PINNED_NODE = (HERE / "package.json", HERE / "package-lock.json")
OLDEST_NODE = (18, 18)
HOW_TO_GET_NODE = "Install Node.js 18.18 or newer with npm (Debian: apt install nodejs npm)."


class NodeMissing(Exception):
    """Node.js or npm is not at hand; the message tells the person how to get them."""


@dataclass(frozen=True)
class NodeTools:
    """Where `node` is, and the folder that holds the linters' packages."""

    node: str
    modules: Path


def python_tools():
    """:return: the Python that has ruff and pylint-odoo"""
    series = f"{sys.version_info.major}.{sys.version_info.minor}"
    target = CACHE / f"lint-py{series}-{_hash(PINNED_PYTHON)}"
    return build_once(target, _build_venv) / "bin" / "python"


def node_tools():
    """:return: NodeTools with prettier and eslint. :raise NodeMissing: no usable Node.js here"""
    node, npm = _find_node()
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
    with step("Getting prettier and eslint"):
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run(command, "lint-npm.log", what="npm", cwd=target)


def _find_node():
    if not (shutil.which("node") and shutil.which("npm")):
        _install_with_apt()
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise NodeMissing(HOW_TO_GET_NODE)
    version = _version(node)
    if version < OLDEST_NODE:
        found = ".".join(map(str, version))
        raise NodeMissing(f"Node.js {found} is too old. {HOW_TO_GET_NODE}")
    return node, npm


def _install_with_apt():
    """Only for CI as root, where nobody is there to do it; a person's system is theirs."""
    apt = shutil.which("apt-get")
    if not (apt and os.environ.get("CI") == "true" and os.geteuid() == 0):
        return
    with step("Installing Node.js with apt"):
        run([apt, "update"], "lint-apt.log", what="apt-get update", check=False)
        command = [apt, "install", "-y", "--no-install-recommends", "nodejs", "npm"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(command, "lint-apt.log", what="apt-get install", env=environment)


def _version(node):
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    match = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    if not match:
        raise StepError(f"`{node} --version` gave no version.", HOW_TO_GET_NODE)
    return int(match[1]), int(match[2])

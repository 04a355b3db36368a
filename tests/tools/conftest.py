"""A small clone to break: the set-up's own files in a folder of the test, with its own cache."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import demo

ROOT = Path(__file__).resolve().parents[2]
FILES = ("Makefile", "odoo.conf", "requirements.txt", "cartona_integration/__manifest__.py")
# what the `make test` around us has set
FROM_OUTSIDE = {"ODOO_SRC", "SERIES", "PYTHON", "ARGS", "TAGS", "MAKEFLAGS", "MAKELEVEL"}
NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody answers there


class Clone:
    """A copy of the set-up's files, in which commands are run as a person would."""

    def __init__(self, folder):
        self.folder = folder
        self.cache = folder / "cache" / "cartona_integration"
        shutil.copytree(
            ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__")
        )
        for name in FILES:
            target = folder / name
            target.parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, target)
        kept = {k: v for k, v in os.environ.items() if k not in FROM_OUTSIDE}
        self.environment = {**kept, "XDG_CACHE_HOME": str(folder / "cache")}

    def run(self, *command, **variables):
        """:return: the finished process, its two outputs in one text"""
        return subprocess.run(
            [str(part) for part in command],
            cwd=self.folder,
            env={**self.environment, **variables},
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )

    def tools(self, *arguments, **variables):
        return self.run(sys.executable, "-m", "tools", *arguments, **variables)

    def offline(self):
        """Cut the commands off from every network."""
        proxies = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
        self.environment.update(dict.fromkeys(proxies, NOWHERE))
        self.environment.update(
            PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL=f"{NOWHERE}/simple", PIP_RETRIES="0"
        )
        for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "no_proxy", "NO_PROXY"):
            self.environment.pop(name, None)


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


@pytest.fixture
def odoo_tree(tmp_path):
    """:return: a function that makes an Odoo source tree just real enough to be recognised"""

    def make(name="odoo-src", series="17.0", addons="odoo/addons"):
        path = tmp_path / name
        (path / addons / "web").mkdir(parents=True)
        (path / "odoo").mkdir(exist_ok=True)
        major, minor = series.split(".")
        (path / "odoo" / "release.py").write_text(
            f"version_info = ({major}, {minor}, 0, FINAL, 0, '')\n"
        )
        return path

    return make


@pytest.fixture
def assert_one_clear_line():
    """:return: a function: the command failed with one sentence and what to do, no traceback"""

    def check(done, *words):
        assert done.returncode != 0
        assert "Traceback" not in done.stdout
        for word in words:
            assert word in done.stdout

    return check


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """`make demo` without Odoo. :return: what Odoo would have been run for"""
    done = []
    monkeypatch.setattr(demo, "STATE", tmp_path / "demo.json")
    monkeypatch.setattr(demo.template, "ensure", lambda _installation: "the_template")
    monkeypatch.setattr(
        demo, "run_odoo", lambda _installation, name, *arguments: done.append((name, *arguments))
    )
    return done


@pytest.fixture
def on_server(tmp_path):
    """:return: a function: an Installation, as far as databases are concerned, on a server"""

    def make(server):
        addon = tmp_path / "addon"
        addon.mkdir(exist_ok=True)
        odoo = SimpleNamespace(series="17.0", identity="0")
        return SimpleNamespace(server=server, data=tmp_path / "odoo", addon=addon, odoo=odoo)

    return make

"""The browser of the tests: found and wrapped with what it needs, or loudly missed."""

import os
import subprocess

import pytest

from tools import chromium


@pytest.fixture
def programs(monkeypatch, tmp_path):
    """:return: the only folder on the PATH of an ordinary user"""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(chromium, "WRAPPERS", tmp_path / "bin")
    monkeypatch.setattr(chromium.os, "getuid", lambda: 1000)
    return folder


def test_a_missing_browser_is_said_loudly(programs, capsys):
    assert chromium.prepare() is None
    assert "NO CHROMIUM: the browser tests are SKIPPED" in capsys.readouterr().out


@pytest.mark.parametrize("name", chromium.NAMES)
def test_a_browser_is_found_under_every_name_and_gets_its_flags(programs, name):
    browser = programs / name
    browser.write_text('#!/bin/sh\necho "$@"\n')
    browser.chmod(0o755)
    path = chromium.prepare()
    first = path.split(os.pathsep)[0]
    for wrapper in ("chromium", "google-chrome"):
        done = subprocess.run(
            [f"{first}/{wrapper}", "--headless"], capture_output=True, text=True, check=True
        )
        assert done.stdout.split()[0] == "--no-sandbox"
        assert done.stdout.split()[-1] == "--headless"


def test_a_second_run_does_not_wrap_the_wrapper(programs, monkeypatch):
    browser = programs / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", chromium.prepare())
    chromium.prepare()
    assert f'exec "{browser}"' in (chromium.WRAPPERS / "chromium").read_text()

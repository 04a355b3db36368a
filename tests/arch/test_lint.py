"""`make lint` tells the truth: about what failed, and about what it could not run."""

import os

import pytest

from tools import lint
from tools.lint import checks, toolchain


@pytest.fixture
def path(tmp_path, monkeypatch):
    """An otherwise empty PATH; :return: a function that puts a program there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)

    def program(name, prints):
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\necho '{prints}'\n")
        file.chmod(0o755)
        return file

    return program


@pytest.fixture
def python_check(monkeypatch):
    """Replace the Python linters by one that ends as told."""
    monkeypatch.setattr(lint, "python_tools", lambda: "python")

    def ends(ok):
        command = ["/bin/sh", "-c", f"echo the findings; exit {int(not ok)}"]
        check = checks.Check("pretend", command)
        monkeypatch.setattr(lint, "python_checks", lambda *_arguments: [check])

    return ends


def test_without_node_the_rest_decides_and_the_gap_is_loud(path, python_check, capsys):
    python_check(ok=True)
    assert lint.main() == 0
    printed = capsys.readouterr().out
    assert "SKIPPED: the XML and JavaScript checks did NOT run." in printed
    assert "apt install nodejs npm" in printed
    assert printed.endswith("lint: 1 of 1 ok\n")


def test_without_node_ci_fails_and_says_why(path, python_check, capsys, monkeypatch):
    monkeypatch.setenv("CI", "true")
    python_check(ok=True)
    assert lint.main() == 1
    assert "The XML and JavaScript checks can't run. Install Node.js" in capsys.readouterr().out


def test_too_old_node_is_named(path):
    path("node", "v16.20.2")
    path("npm", "8.0.0")
    with pytest.raises(toolchain.NodeMissing, match="Node.js 16.20 is too old"):
        toolchain.node_tools()


def test_findings_are_shown_and_fail_the_run(path, python_check, capsys):
    python_check(ok=False)
    assert lint.main() == 1
    printed = capsys.readouterr().out
    assert "pretend: failed\nthe findings\n" in printed
    assert printed.endswith("lint: 1 of 1 failed: pretend\n")


def test_apt_is_left_alone_on_a_persons_machine(path, python_check):
    marker = path("apt-get", "")
    marker.write_text(f"#!/bin/sh\n: > {marker.parent}/called\n")
    python_check(ok=True)
    lint.main()
    assert "called" not in os.listdir(marker.parent)

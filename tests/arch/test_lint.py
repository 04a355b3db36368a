"""`make lint` tells the truth: about what failed, and about what it could not run."""

import pytest

from tools import lint
from tools.lint import checks, toolchain

# A Python whose pip brings nothing, as without a network.
NO_PIP = "/bin/false"


@pytest.fixture
def path(tmp_path, monkeypatch):
    """An otherwise empty PATH and cache; :return: a function that puts a program there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(toolchain, "CACHE", tmp_path / "cache")
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
    monkeypatch.setattr(lint, "python_tools", lambda: NO_PIP)

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
    printed = capsys.readouterr().out
    assert "The XML and JavaScript checks can't run." in printed
    assert "Install Node.js 18.18 or newer" in printed


def test_too_old_node_is_not_used(path):
    path("node", "v16.20.2")
    path("npm", "8.0.0")
    with pytest.raises(toolchain.NodeMissing, match="Install Node.js 18.18 or newer"):
        toolchain.node_tools(NO_PIP)


def test_findings_are_shown_and_fail_the_run(path, python_check, capsys):
    python_check(ok=False)
    assert lint.main() == 1
    printed = capsys.readouterr().out
    assert "pretend: failed\nthe findings\n" in printed
    assert printed.endswith("lint: 1 of 1 failed: pretend\n")

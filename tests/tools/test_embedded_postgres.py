"""What a full disk or a kill leaves of the embedded PostgreSQL's own files blocks nothing."""

import pytest

from tools import commands, embedded_postgres, installation, venvs


@pytest.fixture
def pid_file(monkeypatch, tmp_path):
    """:return: where the server keeps its process's number"""
    monkeypatch.setattr(embedded_postgres, "LOCAL", tmp_path)
    monkeypatch.setattr(installation, "LOCAL", tmp_path)
    monkeypatch.setattr(commands, "LOCAL", tmp_path)
    monkeypatch.setattr(commands, "BUILD", tmp_path / "build")
    monkeypatch.setattr(venvs, "CACHE", tmp_path / "cache")
    (tmp_path / "cache" / "postgres-1-py3" / "wheel" / "pginstall18" / "bin").mkdir(parents=True)
    file = tmp_path / "postgres" / "data" / "postmaster.pid"
    file.parent.mkdir(parents=True)
    return file


# The number of a process that is no PostgreSQL, and lines that end anywhere.
LEFT = ["", "\n", "no number", "1", "1\n/data\n1700000000\n", "1\n/data\n1700000000\nport\n"]


@pytest.mark.parametrize("left", LEFT)
def test_a_pid_file_that_says_nothing_is_a_dead_server_s(pid_file, tmp_path, left):
    pid_file.write_text(left)
    assert not embedded_postgres.Embedded(tmp_path).is_running()
    assert not pid_file.exists()


@pytest.mark.parametrize("port", ["", "port", "54x"])
def test_a_port_that_is_none_is_a_dead_server_s(pid_file, tmp_path, monkeypatch, port):
    """Its process's number has gone to another PostgreSQL's since."""
    processes = tmp_path / "proc"
    (processes / "42").mkdir(parents=True)
    (processes / "42" / "comm").write_text("postgres\n")
    monkeypatch.setattr(
        embedded_postgres, "Path", lambda path: tmp_path / str(path).removeprefix("/")
    )
    pid_file.write_text(f"42\n/data\n1700000000\n{port}\n")
    assert not embedded_postgres.Embedded(tmp_path).is_running()
    assert not pid_file.exists()


def test_make_clean_goes_past_an_empty_pid_file(pid_file, tmp_path):
    pid_file.touch()
    commands.clean(commands.Options(None, "", "", "", "", ""))
    assert not tmp_path.exists()

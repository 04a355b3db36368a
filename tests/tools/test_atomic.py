"""Things in the cache are whole or absent, whoever is killed and however many build at once."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from tools.atomic import build_once

SLOW_BUILD = """
    import sys, time
    from pathlib import Path
    from tools.atomic import build_once

    def build(path):
        path.mkdir()
        (path / "half").touch()
        print("building", flush=True)
        sys.stdin.read()
        with open(sys.argv[2], "a") as count:
            count.write("built\\n")

    build_once(Path(sys.argv[1]), build)
"""


def builder(target, count):
    command = [sys.executable, "-c", textwrap.dedent(SLOW_BUILD), target, count]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def finished(path):
    path.mkdir()
    (path / "all").touch()


def test_what_is_there_is_not_built_again(tmp_path):
    build_once(tmp_path / "thing", finished)
    build_once(tmp_path / "thing", lambda path: pytest.fail("built twice"))
    assert (tmp_path / "thing" / "all").exists()


def test_a_failed_build_leaves_nothing(tmp_path):
    def broken(path):
        path.mkdir()
        raise OSError("interrupted")

    with pytest.raises(OSError, match="interrupted"):
        build_once(tmp_path / "thing", broken)
    assert [path.name for path in tmp_path.iterdir()] == ["locks"]


def test_what_a_killed_run_left_is_built_anew(tmp_path):
    with builder(tmp_path / "thing", tmp_path / "count") as killed:
        assert killed.stdout.readline() == "building\n"
        os.kill(killed.pid, signal.SIGKILL)
    assert list(tmp_path.glob(".thing.new*/half"))
    build_once(tmp_path / "thing", finished)
    assert [path.name for path in (tmp_path / "thing").iterdir()] == ["all"]
    assert not list(tmp_path.glob(".thing*"))


def test_what_a_killed_run_s_programs_wrote_meanwhile_is_removed_too(tmp_path):
    def build(path):
        (tmp_path / ".thing.new-1").mkdir()  # as by a program that outlived a killed run
        finished(path)

    build_once(tmp_path / "thing", build)
    assert not list(tmp_path.glob(".thing*"))


def test_what_a_killed_run_s_programs_still_write_goes_nowhere(tmp_path):
    with builder(tmp_path / "thing", tmp_path / "count") as killed:
        assert killed.stdout.readline() == "building\n"
        os.kill(killed.pid, signal.SIGKILL)
    [orphaned] = tmp_path.glob(".thing.new*")

    def build(path):
        finished(path)
        orphaned.mkdir(exist_ok=True)
        (orphaned / "half-made").touch()

    build_once(tmp_path / "thing", build)
    assert [path.name for path in (tmp_path / "thing").iterdir()] == ["all"]


def test_two_clones_at_once_build_one_thing(tmp_path):
    count = tmp_path / "count"
    with builder(tmp_path / "thing", count) as first:
        assert first.stdout.readline() == "building\n"
        with builder(tmp_path / "thing", count) as second:
            assert "Waiting for another run" in second.stdout.readline()
            for process in (first, second):
                process.stdin.close()
            assert (first.wait(), second.wait()) == (0, 0)
    assert count.read_text() == "built\n"

"""What goes wrong on people's machines: one clear line with what to do, nothing left broken."""

import errno
import socket
import sys

import pytest

from tools import __main__ as entry
from tools import commands, demo
from tools.console import StepError
from tools.process import run


def test_an_odoo_src_that_is_no_odoo_is_named(clone, assert_one_clear_line):
    done = clone.tools("test", ODOO_SRC="/nowhere/odoo")
    assert_one_clear_line(done, "ODOO_SRC", "/nowhere/odoo", "Give the folder")


def test_an_odoo_src_of_another_series_is_refused(clone, odoo_tree, assert_one_clear_line):
    done = clone.tools("test", ODOO_SRC=str(odoo_tree(series="18.0")), SERIES="17.0")
    assert_one_clear_line(done, "is Odoo 18.0", "SERIES=17.0", "Change one of them")


def test_an_odoo_that_the_addon_does_not_know_is_refused(clone, odoo_tree, assert_one_clear_line):
    done = clone.tools("test", ODOO_SRC=str(odoo_tree(series="12.0")))
    assert_one_clear_line(done, "Odoo 12.0", "17.0, 18.0, 19.0")


def test_an_unknown_series_is_refused(clone, assert_one_clear_line):
    assert_one_clear_line(
        clone.tools("test", SERIES="17"), "SERIES=17 is unknown", "17.0, 18.0, 19.0"
    )


def test_a_wrong_python_is_named(clone, assert_one_clear_line):
    done = clone.run("make", "test", "PYTHON=/bin/false")
    assert_one_clear_line(done, "Python 3.10, 3.11 or 3.12 is needed", "/bin/false", "make PYTHON=")


def test_an_unsuitable_python3_is_passed_over(clone, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (programs / "python3").chmod(0o755)
    (programs / "python3.11").symlink_to(sys.executable)
    done = clone.run("make", "help", PATH=f"{programs}:/usr/bin:/bin")
    assert done.returncode == 0
    assert "make demo" in done.stdout


def test_without_network_and_cache_the_network_is_named(clone, assert_one_clear_line):
    clone.offline()
    done = clone.tools("test")
    assert_one_clear_line(done, "network")
    assert not list(clone.cache.glob("*odoo-*"))


def test_without_network_packages_are_not_left_half_installed(
    clone, odoo_tree, assert_one_clear_line
):
    clone.offline()
    source = odoo_tree()
    (source / "requirements.txt").write_text("Babel==2.9.1\n")
    done = clone.tools("test", ODOO_SRC=str(source))
    assert_one_clear_line(done, "The network can't be reached", "run the same command again")
    assert not [path for path in clone.cache.iterdir() if path.name != "locks"]


@pytest.mark.parametrize("name", ["my shop", 'x"; DROP', "a/b", "x" * 64])
def test_a_name_that_no_database_can_have_is_refused(clone, assert_one_clear_line, name):
    done = clone.tools("demo", DATABASE=name)
    assert_one_clear_line(done, f"DATABASE={name} is no name", "Use letters, digits")
    assert not clone.cache.exists()


@pytest.mark.parametrize("command", ["demo", "test", "lint"])
@pytest.mark.parametrize("place", ["file", "/sys/nobody-s-cache", "/proc/nowhere"])
def test_a_cache_that_can_not_be_used_is_named(
    clone, tmp_path, assert_one_clear_line, command, place
):
    (tmp_path / "file").touch()
    chosen = str(tmp_path / place)
    done = clone.tools(command, XDG_CACHE_HOME=chosen)
    assert_one_clear_line(done, f"XDG_CACHE_HOME={chosen} can't be used", "Set XDG_CACHE_HOME to")
    assert len(done.stdout.strip().splitlines()) == 1, "nothing has been begun"


def test_a_home_that_can_not_be_used_is_named(clone, assert_one_clear_line):
    done = clone.tools("test", XDG_CACHE_HOME="", HOME="/proc/nowhere")
    assert_one_clear_line(
        done, "The usual cache", "/proc/nowhere/.cache/cartona_integration", "Set XDG_CACHE_HOME to"
    )
    assert len(done.stdout.strip().splitlines()) == 1, "nothing has been begun"


def test_another_user_s_file_in_the_cache_is_named(clone, odoo_tree, assert_one_clear_line):
    source = odoo_tree()
    (source / "requirements.txt").write_text("Babel==2.9.1\n")
    clone.offline()
    clone.tools("test", ODOO_SRC=str(source))
    for lock in (clone.cache / "locks").iterdir():
        lock.unlink()
        lock.mkdir()  # what nobody may open, not even root
    done = clone.tools("test", ODOO_SRC=str(source))
    assert_one_clear_line(done, f"{clone.cache} can't be written to", "Set XDG_CACHE_HOME to")


def test_help_needs_no_cache(clone):
    assert clone.tools("help", XDG_CACHE_HOME="/proc/nowhere").returncode == 0


def test_a_busy_port_is_said_before_anything_is_prepared(clone, assert_one_clear_line):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        done = clone.tools("demo", PORT=str(port))
    assert_one_clear_line(done, f"Port {port} is taken", "make demo PORT=")
    assert len(done.stdout.strip().splitlines()) == 1, "nothing has been begun"


def test_a_chosen_port_that_is_busy_is_refused():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(StepError, match=f"Port {port} is taken.*make demo PORT="):
            demo.choose_ports(str(port))


def test_a_busy_usual_port_is_left_to_its_owner(monkeypatch, capsys):
    monkeypatch.setattr(demo.ports, "is_free", lambda port: port >= demo.PORT + 100)
    assert demo.choose_ports() == (demo.PORT + 100, demo.PORT + 101)
    assert "taken by another program" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["eighty", "80", "65535", "-1"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(StepError, match="can't be used"):
        demo.choose_ports(port)


def test_a_program_that_meets_a_full_disk_says_so():
    with pytest.raises(StepError, match="The disk is full.*Free a few GB"):
        run(["sh", "-c", "cat /dev/zero > /dev/full"], "full.log", what="Writing")


def test_a_full_disk_under_the_command_itself_is_named(monkeypatch, capsys):
    def full(_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(commands.COMMANDS, "clean", full)
    assert entry.main(["clean"]) == 1
    assert "The disk is full. Free a few GB" in capsys.readouterr().err

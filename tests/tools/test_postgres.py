"""What PostgreSQL's own complaints become: one clear line."""

import pytest

from tools.console import StepError
from tools.installation import Installation
from tools.odoo_source import Odoo
from tools.postgres import Server, external


@pytest.fixture
def complaining(tmp_path):
    """:return: a function: a server whose psql fails with these words"""

    def make(words):
        psql = tmp_path / "psql"
        psql.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
        psql.chmod(0o755)
        return Server(tmp_path, {"PGHOST": "127.0.0.1"})

    return make


@pytest.mark.parametrize(
    "words",
    [
        'ERROR:  could not extend file "base/5/1259": wrote only 4096 of 8192 bytes',
        'ERROR:  could not create directory "base/9": No space left on device',
    ],
)
def test_a_full_disk_under_postgresql_is_named(complaining, words):
    with pytest.raises(StepError, match="^The disk is full. Free a few GB"):
        complaining(words).create("demo")


def test_any_other_complaint_is_passed_on(complaining):
    with pytest.raises(StepError, match="^PostgreSQL says: no such role.$"):
        complaining("psql: error: no such role").databases()
    with pytest.raises(StepError, match="^PostgreSQL says: exit code 1.$"):
        complaining("").databases()


@pytest.mark.parametrize("port", ["99999", "none", "-1"])
def test_a_database_url_with_a_port_that_is_none_is_named(monkeypatch, tmp_path, port):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://odoo:secret@127.0.0.1:{port}/demo")
    with pytest.raises(StepError, match="no usable port. Correct or unset DATABASE_URL"):
        external(tmp_path)


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("postgresql://odoo@[::1/x", "is no address"),
        ("postgresql://odoo@/x", "names no host"),
        ("localhost", "names no host"),
    ],
)
def test_a_database_url_that_leads_nowhere_is_named(monkeypatch, tmp_path, address, wrong):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(StepError, match=f"DATABASE_URL {wrong}.*Correct or unset DATABASE_URL"):
        external(tmp_path)


def test_odoo_works_as_the_user_that_was_found_to_be_allowed(monkeypatch, tmp_path):
    """Without PGUSER it is PostgreSQL that says who one is."""
    psql = tmp_path / "psql"
    psql.write_text("#!/bin/sh\necho 'shopkeeper|t'\n")
    psql.chmod(0o755)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("PGUSER", raising=False)
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    server = external(tmp_path)
    ready = Installation(Odoo(tmp_path, "17.0", "0", ()), "python", [], server, tmp_path)
    assert "--db_user=shopkeeper" in ready.command("server")
    assert ready.environment["PGUSER"] == "shopkeeper"

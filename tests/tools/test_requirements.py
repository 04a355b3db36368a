"""Odoo's own list of requirements is made installable without a compiler or system headers."""

import pytest

from tools import venvs
from tools.odoo_source import Odoo


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """:return: a function: Odoo's requirements.txt → the lines that are really installed"""

    def lines_for(text, series="17.0"):
        (tmp_path / "requirements.txt").write_text(text)
        seen = {}
        monkeypatch.setattr(venvs, "_environment", lambda name, lines: seen.update({name: lines}))
        venvs.odoo(Odoo(tmp_path, series, "x", ()))
        [lines] = seen.values()
        return lines

    return lines_for


def test_psycopg2_comes_as_binary_and_ldap_not_at_all(installed):
    lines = installed("psycopg2==2.9.5 ; python_version == '3.11'\npython-ldap==3.4.0\n")
    assert lines[0] == "psycopg2-binary==2.9.5 ; python_version == '3.11'"
    assert not [line for line in lines if "ldap" in line]


def test_a_pin_without_wheels_gives_way_and_keeps_its_marker(installed):
    lines = installed("gevent==21.8.0 ; python_version == '3.10'  # (Jammy)\n")
    assert lines[0] == "gevent==22.10.2 ; python_version == '3.10'"


def test_the_addons_own_requirements_come_along(installed):
    names = {line.split(">")[0].split("=")[0] for line in installed("")}
    assert {"requests", "phonenumbers", "websocket-client"} <= names


def test_debians_odoo_brings_no_list_so_ours_is_used(monkeypatch, tmp_path):
    monkeypatch.setattr(venvs, "_environment", lambda name, lines: lines)
    lines = venvs.odoo(Odoo(tmp_path, "19.0", "x", ()))
    assert [line for line in lines if line.startswith("Werkzeug==")]
    assert "openupgradelib==3.13.7" in lines

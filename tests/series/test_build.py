"""A build is whole or not there at all, and says in one line what it lacks."""

import pytest

from tools import odoo_source, series
from tools.console import StepError

ADDON = "cartona_integration"
APPEND = "open(folders[0] + '/cartona_integration/models/thing.py', 'a').write('UPGRADED = 1\\n')"
FAIL = "raise ValueError('no such field')"


def build(clone, odoo, number="19.0"):
    target = clone / "build" / number / ADDON
    series.build(number, odoo, target)
    return target


def test_copy_is_upgraded_by_odoo_and_then_by_us(clone, odoo):
    target = build(clone, odoo(migrate=APPEND))
    assert (target / "models" / "thing.py").read_text() == 'digits = "Product Unit"\nUPGRADED = 1\n'
    assert '"version": "19.0.1.2.3"' in (target / "__manifest__.py").read_text()
    assert not list(target.rglob("*.pyc"))


def test_source_stays_as_it_is(clone, odoo):
    build(clone, odoo(migrate=APPEND))
    source = clone / ADDON
    assert (source / "models" / "thing.py").read_text() == 'digits = "Product Unit of Measure"\n'


def test_new_copy_replaces_the_old_one(clone, odoo):
    target = build(clone, odoo())
    (target / "gone.py").touch()
    assert build(clone, odoo()) == target
    assert not (target / "gone.py").exists()
    assert [path.name for path in target.parent.iterdir()] == [ADDON]


@pytest.mark.parametrize("spoil", ["scripts", "check"])
def test_failed_build_leaves_the_old_copy(clone, odoo, spoil):
    target = build(clone, odoo())
    if spoil == "check":
        (clone / ADDON / "views" / "thing_views.xml").write_text("<odoo><tree /></odoo>")
    with pytest.raises(StepError):
        build(clone, odoo(migrate=FAIL if spoil == "scripts" else "pass"))
    assert (target / "__manifest__.py").exists()
    assert [path.name for path in target.parent.iterdir()] == [ADDON]


def test_scripts_that_fail_are_quoted(clone, odoo):
    with pytest.raises(StepError, match="upgrade_code failed: ValueError: no such field"):
        build(clone, odoo(migrate=FAIL))


@pytest.mark.parametrize(("number", "scripts"), [("17.0", False), ("18.0", True), ("19.0", False)])
def test_source_without_the_scripts_is_refused(clone, odoo, number, scripts):
    with pytest.raises(StepError, match=rf"Odoo {number}\) does not have them.* ODOO_SRC="):
        build(clone, odoo(number, scripts))


def test_newer_scripts_serve_an_older_series(clone, odoo):
    target = build(clone, odoo("19.0"), "18.0")
    assert '"version": "18.0.1.2.3"' in (target / "__manifest__.py").read_text()


def test_make_takes_the_scripts_of_the_newest_when_the_own_cannot_be_had(
    clone, odoo, monkeypatch, capsys
):
    newest = odoo("19.0")

    def find(wanted=None):
        if wanted != "19.0":
            raise StepError(f"Odoo {wanted} is out of reach.")
        return newest

    monkeypatch.setattr(odoo_source, "find", find)
    series.make_copy("18.0")
    said = capsys.readouterr().out
    assert "No Odoo 18.0 is at hand, but the scripts of 19.0 lead there too." in said
    assert str(clone / "build" / "18.0" / ADDON) in said


def test_make_says_once_when_no_scripts_can_be_had(clone, monkeypatch, capsys):
    def find(wanted=None):
        raise StepError(f"Odoo {wanted} is out of reach.", "Give a source: ODOO_SRC=<folder>.")

    monkeypatch.setattr(odoo_source, "find", find)
    with pytest.raises(StepError, match="Odoo 19.0 is out of reach. Give a source"):
        series.make_copy("19.0")
    assert not capsys.readouterr().out


def test_make_uses_the_named_source_for_an_older_series(clone, odoo, monkeypatch):
    monkeypatch.setenv("ODOO_SRC", str(odoo("19.0").path))
    series.make_copy("18.0")
    assert (clone / "build" / "18.0" / ADDON).is_dir()


@pytest.mark.parametrize("number", [None, "17.0", "16.0"])
def test_make_names_the_series_that_can_be_built(clone, number):
    with pytest.raises(StepError, match="for 18.0 or 19.0; on 17.0 .* as it stands"):
        series.make_copy(number)

"""Which Odoo is used: the order that the README promises, and the layouts that are understood."""

import pytest

from tools import debian_odoo, odoo_source
from tools.odoo_source import find, inspect


@pytest.fixture
def world(monkeypatch, tmp_path):
    """:return: the cache's folder, in a world where nothing can be cloned unless a test says so"""
    cache = tmp_path / "cache"
    cache.mkdir()
    monkeypatch.delenv("ODOO_SRC", raising=False)
    monkeypatch.setattr(odoo_source, "CACHE", cache)
    monkeypatch.setattr(debian_odoo, "CACHE", cache)
    monkeypatch.setattr(odoo_source, "_reachable", lambda series: False)
    return cache


@pytest.mark.parametrize("addons", ["addons", "odoo/addons"])
def test_a_checkout_and_a_release_are_both_understood(odoo_tree, addons):
    path = odoo_tree(addons=addons)
    odoo = inspect(path)
    assert (odoo.path, odoo.series, odoo.addons) == (path, "17.0", (path / addons,))


def test_odoo_src_comes_first(world, odoo_tree, monkeypatch, capsys):
    odoo_tree("cache/odoo-17.0")
    chosen = odoo_tree("mine", series="18.0")
    monkeypatch.setenv("ODOO_SRC", str(chosen))
    assert find().path == chosen
    assert "ODOO_SRC is set" in capsys.readouterr().out.splitlines()[0]


def test_a_checkout_in_the_cache_comes_before_a_clone(world, odoo_tree, monkeypatch, capsys):
    monkeypatch.setattr(odoo_source, "_reachable", lambda series: pytest.fail("asked the network"))
    cached = odoo_tree("cache/odoo-17.0")
    assert find().path == cached
    assert capsys.readouterr().out == f"Odoo 17.0 from {cached} (found in the cache)\n"


def test_a_clone_comes_before_debians_package(world, odoo_tree, monkeypatch, capsys):
    monkeypatch.setattr(odoo_source, "_reachable", lambda series: True)
    monkeypatch.setattr(odoo_source, "_clone", lambda series, target: odoo_tree("cache/odoo-17.0"))
    assert find().path == world / "odoo-17.0"
    assert "to be cloned" in capsys.readouterr().out.splitlines()[0]


def test_debians_package_is_the_last_resort(world, odoo_tree, capsys):
    path = odoo_tree(f"cache/debian-odoo-19/{debian_odoo.PYTHON_PATH}", series="19.0")
    assert find().path == path
    assert "Debian's package odoo-19" in capsys.readouterr().out.splitlines()[0]


def test_every_series_at_hand_is_tested(world, odoo_tree):
    odoo_tree("cache/odoo-17.0")
    odoo_tree(f"cache/debian-odoo-19/{debian_odoo.PYTHON_PATH}", series="19.0")
    assert odoo_source.available() == ["17.0", "19.0"]

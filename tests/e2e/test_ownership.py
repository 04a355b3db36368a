"""PostgreSQL itself keeps who made a database: after a rename, and not for a copy by hand."""

import pytest

from tools import ownership
from tools.postgres import Server


@pytest.fixture
def outside(installation):
    """The same PostgreSQL, as a server that others may use too."""
    return Server(installation.server.binaries, installation.server.variables)


@pytest.fixture
def name(outside):
    made = ownership.name_for_run(outside, "e2e", "own")
    yield made
    outside.drop(made)


def test_a_database_says_that_this_clone_made_it(outside, name):
    outside.create(f"{name}_half")
    outside.rename(f"{name}_half", name)
    assert outside.made_here(name)


def test_what_somebody_made_by_hand_is_not_ours_until_it_is_marked(outside, name, installation):
    outside.sql(f'CREATE DATABASE "{name}"')
    assert not outside.made_here(name)
    assert not installation.server.made_here(name)
    outside.mark(name)
    assert outside.made_here(name)
    assert installation.server.made_here(name)


def test_a_path_with_any_letters_can_be_a_mark(outside, name, monkeypatch):
    monkeypatch.setattr("tools.postgres.THIS_CLONE", r"made by it's \u0633 make")
    outside.create(name)
    assert outside.made_here(name)


def test_another_clone_s_database_is_not_ours_on_a_server_of_both(outside, name, monkeypatch):
    with monkeypatch.context() as there:
        there.setattr("tools.postgres.THIS_CLONE", f"{ownership.MARK}elsewhere:/srv/clone")
        outside.create(name)
    assert not outside.made_here(name)

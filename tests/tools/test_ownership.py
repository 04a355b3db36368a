"""On a server that others use too, only what this clone made is dropped or replaced."""

import os
from types import SimpleNamespace

import pytest

from tests.tools.fake_server import FakeServer
from tools import demo, odoo_tests, ownership, template
from tools.console import StepError

NOBODY = 2**22 + 1  # no process has this number


@pytest.mark.parametrize("shared", [True, False])
def test_a_database_that_the_demo_did_not_make_is_left_alone(installed, on_server, shared):
    server = FakeServer("shop", shared=shared)
    refused = r"shop exists and was not made by `make demo`.*make demo DATABASE=another_name"
    with pytest.raises(StepError, match=refused):
        demo.ensure_database(on_server(server), "shop")
    assert server.makers == {"shop": "somebody"}
    assert not installed


def test_the_demo_s_own_database_is_made_anew_even_when_the_note_of_it_is_gone(
    installed, on_server
):
    server = FakeServer()
    demo.ensure_database(on_server(server), "shop")
    demo.STATE.unlink()
    demo.ensure_database(on_server(server), "shop")
    assert server.makers == {"shop": "us"}
    assert [arguments[-1][0] for arguments in installed] == ["--init=cartona_integration"] * 2


def test_under_the_usual_name_nobody_else_has_one_on_the_clone_s_own_server(installed, on_server):
    """Also where the note of an older set-up, which knew no marks, can't be read."""
    server = FakeServer("cartona_demo", shared=False)
    demo.ensure_database(on_server(server), "cartona_demo")
    assert server.makers == {"cartona_demo": "us"}
    with pytest.raises(StepError, match="cartona_demo exists"):
        demo.ensure_database(on_server(FakeServer("cartona_demo")), "cartona_demo")


def test_a_database_that_an_older_demo_noted_goes_on(installed, on_server):
    server = FakeServer("shop", shared=False)
    demo.STATE.write_text('{"shop": {"template": "the_template", "addon": "older"}}')
    demo.ensure_database(on_server(server), "shop")
    assert server.makers == {"shop": "us"}
    assert [arguments[-1][0] for arguments in installed] == ["--update=cartona_integration"]


def test_what_was_noted_of_a_namesake_on_another_server_says_nothing(installed, on_server):
    demo.ensure_database(on_server(FakeServer(shared=False)), "shop")
    outside = FakeServer()
    outside.create("shop")
    demo.ensure_database(on_server(outside), "shop")
    assert [arguments[-1][0] for arguments in installed] == ["--init=cartona_integration"] * 2


def test_a_copy_replaces_nobody_else_s_database(on_server):
    server = FakeServer("shop")
    with pytest.raises(StepError, match="shop exists"):
        template.copy_database(on_server(server), "template", "shop")
    assert server.makers == {"shop": "somebody"}


@pytest.fixture
def saved_template(monkeypatch, tmp_path, on_server):
    """A template in the cache, with one file. :return: an Installation beside other clones"""
    monkeypatch.setattr(template, "CACHE", tmp_path)
    monkeypatch.setattr(template, "LOCAL", tmp_path)
    monkeypatch.setattr(template, "_key", lambda _installation: "abc")
    (tmp_path / "templates" / "17.0-abc").mkdir(parents=True)
    (tmp_path / "a file").touch()
    with template.tarfile.open(tmp_path / "templates" / "17.0-abc" / "files.tar", "w") as archive:
        archive.add(tmp_path / "a file", "a file")
    return on_server(FakeServer("half_finished_template_cartona_abc", "template_cartona_abc"))


def test_what_another_clone_is_building_is_left_alone(saved_template):
    """Its template is of no use here either: the files are with the other clone."""
    name = template.ensure(saved_template)
    assert name not in ("template_cartona_abc", "half_finished_template_cartona_abc")
    assert saved_template.server.makers == {
        "half_finished_template_cartona_abc": "somebody",
        "template_cartona_abc": "somebody",
        name: "us",
    }


def test_a_template_whose_files_are_gone_is_restored(saved_template):
    name = template.ensure(saved_template)
    files = saved_template.data / "filestore" / name
    (files / "a file").unlink()
    files.rmdir()
    assert template.ensure(saved_template) == name
    assert (files / "a file").exists()


def test_leftovers_of_other_clones_runs_are_left_to_them(monkeypatch, on_server):
    """Their processes run on another machine, whose numbers say nothing here."""
    server = FakeServer(f"cartona_test_{NOBODY}", f"cartona_test_{os.getpid()}")
    left = ownership.name_for_run(server, "test").replace(str(os.getpid()), str(NOBODY))
    server.create(left)
    monkeypatch.setattr(odoo_tests, "_test", lambda *_arguments: SimpleNamespace(failed=1))
    monkeypatch.setattr(template, "ensure", lambda _installation: "the_template")
    odoo_tests.run_tests(on_server(server))
    assert set(server.makers) == {f"cartona_test_{NOBODY}", f"cartona_test_{os.getpid()}"}


def test_on_the_clone_s_own_server_leftovers_go_by_their_number_alone():
    server = FakeServer(
        f"cartona_test_{NOBODY}",
        f"cartona_test_{NOBODY}_1",
        f"cartona_test_shop_{NOBODY}",
        f"cartona_test_{os.getpid()}",
        shared=False,
    )
    found = ownership.leftovers(server, "test")
    assert found == [f"cartona_test_{NOBODY}", f"cartona_test_{NOBODY}_1"]

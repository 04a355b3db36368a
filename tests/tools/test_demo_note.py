"""What `make demo` notes of its databases is whole, or as good as none."""

import json

import pytest

from tests.tools.fake_server import FakeServer
from tools import demo


@pytest.mark.parametrize("left", ["", '{"shop": {"temp', "[]", '{"shop": null}'])
def test_a_note_that_a_full_disk_left_counts_as_none(installed, on_server, left):
    demo.STATE.write_text(left)
    demo.ensure_database(on_server(FakeServer(shared=False)), "shop")
    assert list(json.loads(demo.STATE.read_text())["shop"]) == ["template", "addon"]
    assert len(installed) == 1


def test_a_note_is_whole_or_the_one_before(installed, on_server, monkeypatch):
    demo.ensure_database(on_server(FakeServer(shared=False)), "shop")
    before = demo.STATE.read_text()

    def full(path, text):
        with path.open("w") as file:
            file.write(text[:9])
        raise OSError("No space left on device")

    with monkeypatch.context() as during:
        during.setattr(type(demo.STATE), "write_text", full)
        with pytest.raises(OSError, match="No space left"):
            demo.ensure_database(on_server(FakeServer(shared=False)), "other")
    assert demo.STATE.read_text() == before


def test_an_installation_that_was_interrupted_is_begun_again(installed, on_server, monkeypatch):
    """Also where an earlier database of the same name had been finished."""
    demo.ensure_database(on_server(FakeServer(shared=False)), "shop")
    server = FakeServer(shared=False)

    def interrupted(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(demo, "run_odoo", interrupted)
        with pytest.raises(KeyboardInterrupt):
            demo.ensure_database(on_server(server), "shop")
    demo.ensure_database(on_server(server), "shop")
    assert [arguments[-1][0] for arguments in installed] == ["--init=cartona_integration"] * 2

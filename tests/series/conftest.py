"""What the tests of tools/series share: a small addon in 17.0's forms, and a pretended Odoo."""

from pathlib import Path

import pytest

from tools import odoo_source, series, venvs
from tools.series import upgrade_code

FILES = {
    "__manifest__.py": '{\n    "name": "Sample",\n    "version": "17.0.1.2.3",\n}\n',
    "models/thing.py": 'digits = "Product Unit of Measure"\n',
    "views/thing_views.xml": "<odoo>\n    <menuitem />\n</odoo>\n",
    "models/__pycache__/thing.cpython-310.pyc": "",
}


@pytest.fixture
def write(tmp_path):
    """:return: a function that writes files {path: text} below a folder of its own"""

    def write(folder, files):
        for path, text in files.items():
            target = tmp_path / folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return tmp_path / folder

    return write


@pytest.fixture
def clone(tmp_path, write, monkeypatch):
    """A clone whose addon is FILES; what is run in Odoo's environment runs in this one."""
    write("clone", {f"cartona_integration/{path}": text for path, text in FILES.items()})
    monkeypatch.setattr(series, "ROOT", tmp_path / "clone")
    monkeypatch.setattr(series, "BUILD", tmp_path / "clone" / "build")
    monkeypatch.setattr(series, "LOCAL", tmp_path / "clone" / ".local")
    monkeypatch.setattr(upgrade_code.process, "LOGS", tmp_path / "clone" / ".local" / "log")
    monkeypatch.setattr(venvs, "odoo", lambda _odoo: "python3")
    monkeypatch.delenv("ODOO_SRC", raising=False)
    return tmp_path / "clone"


@pytest.fixture
def odoo(write):
    """:return: a function that makes a source tree of a series, with or without the scripts"""

    def make(number="19.0", scripts=True, migrate="pass"):
        files = {
            "odoo/__init__.py": "",
            "odoo/release.py": f"version_info = ({number.partition('.')[0]}, 0, 0)\n",
            "odoo/addons/web/__init__.py": "",
        }
        if scripts:
            files["odoo/upgrade_code/18.1-00-sample.py"] = ""
            files["odoo/tools/__init__.py"] = "def parse_version(text):\n    return text\n"
            files["odoo/cli/__init__.py"] = ""
            files["odoo/cli/upgrade_code.py"] = (
                f"def migrate(folders, glob, before, after):\n    {migrate}\n"
            )
        return odoo_source.inspect(Path(write(f"odoo-{number}", files)))

    return make

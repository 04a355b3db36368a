"""Debian's Odoo: the mirror is the machine's own, and links lead into the unpacked tree."""

import pytest

from tools import apt, debian_odoo
from tools.console import StepError

DEB822 = """\
Types: deb
URIs: http://archive.example/debian-security
Suites: stable-security
Components: main

Types: deb
# a comment
URIs: http://archive.example/debian
Suites: stable stable-updates
Components: main
Signed-By: /etc/apt/keyrings/own.gpg
"""


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def test_the_mirror_is_read_from_deb822_sources(sources):
    (sources / "sources.list.d" / "debian.sources").write_text(DEB822)
    assert apt.mirror(sources) == ("http://archive.example/debian", "/etc/apt/keyrings/own.gpg")


def test_the_mirror_is_read_from_one_line_sources(sources):
    (sources / "sources.list").write_text(
        "deb-src http://other.example/debian stable main\n"
        "deb [arch=amd64 signed-by=/k.gpg] https://archive.example/debian/ stable contrib main\n"
    )
    assert apt.mirror(sources) == ("https://archive.example/debian/", "/k.gpg")


def test_without_a_keyring_of_its_own_debians_is_used(sources):
    (sources / "sources.list").write_text("deb http://archive.example/debian stable main\n")
    assert apt.mirror(sources) == ("http://archive.example/debian", apt.KEYRING)


def test_a_machine_without_a_debian_mirror_is_told_so(sources):
    (sources / "sources.list").write_text("deb http://archive.example/ubuntu noble main\n")
    with pytest.raises(StepError, match="knows no Debian mirror.*ODOO_SRC"):
        apt.mirror(sources)


class ArchiveOfTwo:
    """odoo-19 links into fonts-one, and to a font that moved away; python3-two isn't needed."""

    depends = {"odoo-19": "python3-two, fonts-one (>= 1) | fonts-other", "fonts-one": "dpkg"}

    def field(self, package, _name):
        return self.depends[package]

    def unpack(self, packages, target):
        for package in packages:
            if package == "fonts-one":
                font = target / "usr/share/fonts/one.ttf"
                font.parent.mkdir(parents=True)
                font.write_text("a font")
            else:
                static = target / debian_odoo.PYTHON_PATH / "odoo/addons/web/static"
                static.mkdir(parents=True)
                (target / debian_odoo.PYTHON_PATH / "addons").mkdir()
                (static / "one.ttf").symlink_to("/usr/share/fonts/one.ttf")
                (static / "gone.otf").symlink_to("/usr/share/fonts/gone.otf")


def test_links_of_the_package_are_mended_inside_the_unpacked_tree(tmp_path, monkeypatch):
    monkeypatch.setattr(debian_odoo, "CACHE", tmp_path)
    package = debian_odoo.Package("odoo-19", ArchiveOfTwo())
    package.fetch()
    static = package.path / "odoo/addons/web/static"
    assert (static / "one.ttf").read_text() == "a font"
    assert (static / "one.ttf").resolve().is_relative_to(tmp_path)
    assert (static / "gone.otf").read_text() == ""
    assert (package.path / debian_odoo.STAND_IN).is_file()

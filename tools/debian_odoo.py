"""Odoo from Debian's archive, unpacked in the cache: the last resort of odoo_source.py.

The package links to files of others (fonts, jQuery); these are unpacked beside it and the links
mended. Nothing is installed into the system.
"""

import os
import re
import shutil
from dataclasses import dataclass

from . import apt
from .atomic import build_once
from .console import StepError, step
from .paths import CACHE

LINKED = re.compile(r"^(fonts|libjs|node)-")
FONTS = (".otf", ".ttf", ".woff", ".woff2", ".eot")
PYTHON_PATH = "usr/lib/python3/dist-packages"
# Debian strips this library for its licence, but mail's assets name it
STAND_IN = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Package:
    name: str
    archive: apt.Archive | None = None

    @property
    def series(self):
        return f"{self.name.removeprefix('odoo-')}.0"

    @property
    def folder(self):
        return CACHE / f"debian-{self.name}"

    @property
    def path(self):
        return self.folder / PYTHON_PATH

    def fetch(self):
        if not self.folder.exists():
            with step(f"Unpacking Debian's {self.name} (once)"):
                build_once(self.folder, lambda path: _build(self.archive, self.name, path))


def find(wanted):
    """Return the package of the newest of the wanted series: from the cache, else from sid."""
    names = [f"odoo-{series.split('.')[0]}" for series in wanted]
    for name in reversed(names):
        if (CACHE / f"debian-{name}").exists():
            return Package(name)
    missing = f"Odoo {' or '.join(wanted)} is not in the cache and can't be cloned, and"
    if not shutil.which("apt-get"):
        raise StepError(
            f"{missing} this is no Debian machine to take its package from.",
            "Connect to the network, or give a source: ODOO_SRC=<folder>.",
        )
    archive = apt.Archive()
    archive.update()
    name = archive.newest(f"^({'|'.join(names)})$")
    if not name:
        raise StepError(
            f"{missing} Debian has no package of it.",
            "Give a source: ODOO_SRC=<folder>, or choose another SERIES.",
        )
    return Package(name, archive)


def _build(archive, package, path):
    archive.unpack([package], path)
    shutil.rmtree(path / PYTHON_PATH / "addons")  # all of it is in odoo/addons too
    stand_in = path / PYTHON_PATH / STAND_IN
    stand_in.parent.mkdir(parents=True, exist_ok=True)
    stand_in.touch()
    done, latest = {package}, [package]
    while latest and _mend_links(path):
        needed = {name for one in latest for name in _linked_packages(archive, one)}
        latest = sorted(needed - done)
        archive.unpack(latest, path)
        done.update(latest)
    for link in _mend_links(path):
        if not link.endswith(FONTS):
            raise StepError(
                f"Debian's {package} links to {link}, which none of its packages has.",
                "Give another source of Odoo: ODOO_SRC=<folder>.",
            )
        # sid's fonts move now and then: a missing one changes how a page looks, no more
        os.unlink(link)
        open(link, "w").close()


def _linked_packages(archive, package):
    depends = archive.field(package, "Depends").split(",")
    first_choices = (choice.split("|")[0].split("(")[0].strip() for choice in depends)
    return [name for name in first_choices if LINKED.match(name)]


def _mend_links(path):
    """Point absolute links into the unpacked tree; return those of Odoo that still dangle."""
    dangling = []
    for folder, names, files in os.walk(path):
        for name in names + files:
            link = os.path.join(folder, name)
            if not os.path.islink(link):
                continue
            target = os.readlink(link)
            if os.path.isabs(target) and not target.startswith(str(path)):
                inside = os.path.relpath(f"{path}{target}", folder)
                os.unlink(link)
                os.symlink(inside, link)
            if PYTHON_PATH in link and not os.path.exists(link):
                dangling.append(link)
    return dangling

"""The template database: the addon's dependencies with demo data, installed once.

Kept in the cache as a dump and its files, restored once into a clone's server, and copied
for each run. Called by the demo, the tests and the benchmarks.
"""

import hashlib
import os
import shutil
import tarfile

from . import ownership, venvs
from .atomic import build_once, lock, remove
from .console import step
from .installation import dependencies
from .odoo_run import run_odoo
from .paths import CACHE, LOCAL

LANGUAGES = "en_US,ar_001"
FORMAT = "1"  # raise it when what this file does to a template changes
PREFIX = "template_cartona"


def new_database(installation, name):
    """Create the database `name` (instead of an old one) as a copy of the template."""
    copy_database(installation, ensure(installation), name)


def copy_database(installation, source, name):
    """Copy a database that nobody is connected to, with its files; replace this clone's only."""
    ownership.refuse_foreign(installation.server, name)
    drop_database(installation, name)
    installation.server.create(name, source)
    _link_files(_files(installation, source), _files(installation, name))


def drop_database(installation, name):
    installation.server.drop(name)
    remove(_files(installation, name))


def ensure(installation):
    """Return the template's name in this server; restore or build it first if it isn't there."""
    key = _key(installation)
    name = f"{_prefix(installation)}{key}"
    with lock("template", LOCAL):
        _drop_half_finished(installation)
        if not _is_whole(installation, name):
            drop_database(installation, name)
            saved = CACHE / "templates" / f"{installation.odoo.series}-{key}"
            if saved.exists():
                _restore(installation, name, saved)
            else:
                build_once(saved, lambda path: _build(installation, name, path))
                if name not in installation.server.databases():
                    _restore(installation, name, saved)
    return name


def _key(installation):
    parts = [
        installation.odoo.series,
        installation.odoo.identity,
        LANGUAGES,
        FORMAT,
        venvs.QUEUE_JOB[installation.odoo.series],
        *dependencies(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def _prefix(installation):
    # other clones' templates are of no use here: their files lie elsewhere
    return f"{PREFIX}_{ownership.tag(installation.server)}"


def _is_whole(installation, name):
    """Whether the template is there with its files, which a shared server outlives."""
    return name in installation.server.databases() and _files(installation, name).exists()


def _drop_half_finished(installation):
    for database in installation.server.databases():
        if database.startswith(f"half_finished_{_prefix(installation)}"):
            drop_database(installation, database)


def _build(installation, name, path):
    half = f"half_finished_{name}"
    demo = ["--with-demo"] if installation.odoo.series >= "19.0" else []
    path.mkdir()
    installation.server.create(half)
    run_odoo(
        installation,
        half,
        "Building the template database (some minutes, once)",
        "template.log",
        [f"--init={','.join(dependencies())}", f"--load-language={LANGUAGES}", "--no-http", *demo],
        load=(),
    )
    installation.server.dump(half, path / "database.dump")
    with tarfile.open(path / "files.tar", "w") as archive:
        archive.add(_files(installation, half), ".")
    # the database's name says that all is there, so it comes last
    remove(_files(installation, name))
    os.replace(_files(installation, half), _files(installation, name))
    installation.server.rename(half, name)


def _restore(installation, name, saved):
    half = f"half_finished_{name}"
    with step("Restoring the template database from the cache"):
        installation.server.create(half)
        installation.server.restore(half, saved / "database.dump")
        remove(_files(installation, name))
        with tarfile.open(saved / "files.tar") as archive:
            archive.extractall(_files(installation, name))
        installation.server.rename(half, name)


def _files(installation, database):
    return installation.data / "filestore" / database


def _link_files(source, target):
    """Odoo never changes a stored file, so a copy can share them."""
    if source.exists():
        shutil.copytree(source, target, copy_function=_link)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)

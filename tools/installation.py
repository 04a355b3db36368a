"""One Odoo ready to be run: source, environment, addons and PostgreSQL put together.

`prepare()` is how the demo, the tests, the shell and the benchmarks get at Odoo.
"""

import ast
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import embedded_postgres, odoo_source, postgres, rtl, series, venvs
from .paths import ADDON, BUILD, LOCAL, ROOT

DATA = LOCAL / "odoo"
LAUNCHER = Path(__file__).parent / "launcher" / "start_odoo.py"
# 19.0 keeps its RPC routes in an addon that must be loaded server-wide
WIDE = ("queue_job", ADDON)
SERVER_WIDE = {"17.0": "base,web", "18.0": "base,web", "19.0": "base,rpc,web"}


@dataclass
class Installation:
    odoo: odoo_source.Odoo
    python: Path
    addons: list
    server: postgres.Server
    addon: Path
    data: Path = DATA
    path: str = os.environ["PATH"]

    def command(self, subcommand, *arguments, config=ROOT / "odoo.conf", load=WIDE):
        """Return Odoo's command line: the repository's odoo.conf with local values over it."""
        pg = self.server.variables
        wide = ",".join((SERVER_WIDE[self.odoo.series], *load))
        return [
            self.python,
            LAUNCHER,
            subcommand,
            f"--config={config}",
            f"--addons-path={','.join(map(str, self.addons))}",
            f"--data-dir={self.data}",
            f"--db_host={pg['PGHOST']}",
            f"--db_port={pg.get('PGPORT', 5432)}",
            f"--db_user={pg['PGUSER']}",
            f"--load={wide}",
            *arguments,
        ]

    @property
    def environment(self):
        environment = {
            **self.server.environment,
            "PYTHONPATH": str(self.odoo.path),
            "PATH": self.path,
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # Odoo starts seconds faster compiled
        return environment


@contextmanager
def prepare(series=None, *, postgres_name="postgres", durable=False):
    """Get everything ready, start PostgreSQL, and stop it at the end if we were its last user."""
    odoo = odoo_source.find(series)
    python = venvs.odoo(odoo)
    addon = addon_folder(odoo)
    addons = [venvs.queue_job(odoo.series, python), addon.parent, *odoo.addons]
    binaries = venvs.postgres_binaries(python)
    DATA.mkdir(parents=True, exist_ok=True)
    path = rtl.prepare(python)
    outside = postgres.external(binaries)
    if outside:
        yield Installation(odoo, python, addons, outside, addon, path=path)
        return
    with embedded_postgres.Embedded(binaries, postgres_name, durable).running() as server:
        yield Installation(odoo, python, addons, server, addon, path=path)


def stop_leftovers():
    """Stop the embedded servers that a killed run has left behind."""
    for data in LOCAL.glob("*/data/postmaster.pid"):
        binaries = next(venvs.CACHE.glob("postgres-*/*/pginstall18/bin"), None)
        if binaries:
            embedded_postgres.Embedded(binaries, data.parent.parent.name).stop("immediate")


def addon_folder(odoo):
    """Return the addon for this series: the clone's own, or a copy that is built for it."""
    if odoo.series == odoo_source.SOURCE_SERIES:
        return ROOT / ADDON
    target = BUILD / odoo.series / ADDON
    series.build(odoo.series, odoo, target)
    return target


def dependencies():
    """Return the addons that ours is built on, from its manifest."""
    manifest = ast.literal_eval((ROOT / ADDON / "__manifest__.py").read_text())
    return sorted({"base", *manifest["depends"]})

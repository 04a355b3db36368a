"""A stage on a PostgreSQL of its own, which writes through to the disk as a real one does and may
be crashed at will. For the long runs, and for the short one that crashes it.
"""

import os
from contextlib import contextmanager

from tools import installation as installations
from tools import template
from tools.odoo_run import run_odoo
from tools.paths import ADDON

from .stage import built_stage


@contextmanager
def stage_apart(products):
    """:param products: how many of them are on the stage"""
    series = os.environ.get("SERIES") or None
    with installations.prepare(series, postgres_name="chaos-postgres", durable=True) as ready:
        if not hasattr(ready.server, "stop"):
            raise AssertionError("Unset PGHOST and DATABASE_URL: this test crashes its PostgreSQL.")
        name = f"cartona_chaos_{os.getpid()}"
        template.new_database(ready, name)
        run_odoo(
            ready,
            name,
            "Installing the addon",
            "chaos-install.log",
            [f"--init={ADDON}", "--no-http"],
        )
        try:
            with built_stage(ready, name, products) as built:
                yield built
        finally:
            template.drop_database(ready, name)

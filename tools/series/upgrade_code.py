"""Runs the `upgrade_code` scripts that Odoo brings for its own changes of syntax.

Called by build(). Odoo's command is not used: it would rewrite Odoo's own addons as well.
"""

import os

from .. import process, venvs
from ..console import StepError
from ..odoo_source import SOURCE_SERIES

MIGRATE = """\
import sys
from odoo.cli.upgrade_code import migrate
from odoo.tools import parse_version
folder, before, after = sys.argv[1:]
migrate([folder], "**/*", parse_version(before), parse_version(after))
"""


def run(odoo, series, folder):
    """Rewrite all addons in `folder` from the source's series to `series`."""
    if not (odoo.path / "odoo" / "upgrade_code").is_dir() or number(odoo.series) < number(series):
        raise StepError(
            f"The copy for {series} needs the upgrade_code scripts of Odoo {series} or newer, and"
            f" {odoo.path} (Odoo {odoo.series}) does not have them.",
            f"Give a source that does: make build SERIES={series} ODOO_SRC=<folder>",
        )
    process.run(
        [venvs.odoo(odoo), "-c", MIGRATE, folder, SOURCE_SERIES, series],
        f"build-{series}.log",
        what="Odoo's upgrade_code",
        env=dict(os.environ, PYTHONPATH=str(odoo.path), PYTHONUTF8="1"),
    )


def number(series):
    """Return the major version, for comparing."""
    return int(series.partition(".")[0])

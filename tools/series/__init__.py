"""Builds the addon for a newer series: Odoo's own upgrade_code scripts, then our few rewrites.

`make_copy()` is `make build`; tools/installation.py calls `build()` for an Odoo that needs a copy.
"""

import shutil

from .. import odoo_source
from ..atomic import lock, remove
from ..console import StepError, say
from ..paths import ADDON, BUILD, LOCAL, ROOT
from . import checks, rewrites, upgrade_code

NEWEST = odoo_source.ALL_SERIES[-1]
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.py[cod]", ".*")


def make_copy(series):
    """Build the addon for `series`, with the scripts of whichever suitable Odoo is at hand."""
    newer = [one for one in odoo_source.ALL_SERIES if one != odoo_source.SOURCE_SERIES]
    if series not in newer:
        raise StepError(
            f"A copy can be built for {' or '.join(newer)}; on {odoo_source.SOURCE_SERIES} the"
            f" folder {ADDON} is installed as it stands.",
            f"Try: make build SERIES={NEWEST}",
        )
    target = BUILD / series / ADDON
    build(series, _scripts_for(series), target)
    say(f"Built {target}: put {target.parent} on the addons path of your Odoo {series}.")


def _scripts_for(series):
    """Return the series' own Odoo, else the newest: its scripts lead to every series before it."""
    try:
        return odoo_source.find(series)
    except StepError:
        if series == NEWEST:
            raise
        say(f"No Odoo {series} is at hand, but the scripts of {NEWEST} lead there too.")
        return odoo_source.find(NEWEST)


def build(series, odoo, target):
    """Write the addon for `series` to the folder `target`, whole or not at all.

    :param odoo: the source tree with the upgrade_code scripts, of this series or a newer one
    :raise StepError: no such scripts, or the addon has something that no rewrite knows
    """
    new = target.parent / f".{target.name}.new"
    with lock(f"build-{series}", LOCAL):
        remove(new)
        try:
            addon = new / target.name
            shutil.copytree(ROOT / ADDON, addon, ignore=NOT_COPIED)
            upgrade_code.run(odoo, series, new)
            rewrites.apply(addon, series)
            checks.check(addon, series)
            if target.exists():
                target.rename(new / "before")
            addon.rename(target)
        finally:
            remove(new)

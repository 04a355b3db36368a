"""Runs Odoo to its end (install, upgrade, tests) and reads its log meanwhile.

Called by the template, the demo, the tests.
"""

from . import odoo_log
from .console import StepError, step
from .installation import WIDE
from .paths import LOGS
from .process import explain, run


def run_odoo(installation, database, label, log, arguments, *, check=True, load=WIDE):
    """Run `odoo server … --stop-after-init` on a database.

    :param check: raise when Odoo ends with an error or logs one
    :param load: the addons loaded server-wide besides Odoo's own
    :return: (odoo_log.Reader, exit code)
    :raise StepError: Odoo failed, and `check`
    """
    command = installation.command(
        "server",
        f"--database={database}",
        "--workers=0",
        "--stop-after-init",
        *arguments,
        load=load,
    )
    with step(label) as progress:
        reader = odoo_log.Reader(progress)
        code = run(
            command, log, what=label, env=installation.environment, on_line=reader, check=False
        )
        if check and (code or reader.errors):
            cause = reader.cause() or f"Odoo ended with exit code {code}"
            raise explain(
                "".join(reader.errors), StepError(f"{label} failed: {cause}.", f"See {LOGS / log}.")
            )
    return reader, code

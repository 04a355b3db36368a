"""Install, upgrade, uninstall, reinstall on real Odoo, without a warning and without a trace."""

from tools.odoo_log import Reader
from tools.odoo_run import run_odoo
from tools.paths import ADDON
from tools.rpc import Rpc
from tools.stack import OdooServer

OWN_TABLES = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'marketplace\\_%'"
OWN_RECORDS = f"SELECT model FROM ir_model_data WHERE module = '{ADDON}'"
OWN_COLUMNS = (
    "SELECT table_name || '.' || column_name FROM information_schema.columns"
    " WHERE column_name LIKE 'cartona\\_%' OR column_name LIKE 'marketplace\\_%'"
)


def change(installation, database, label, option):
    """:return: what Odoo complained about"""
    reader, code = run_odoo(
        installation, database, label, "e2e-life-cycle.log", [option, "--no-http"], check=False
    )
    assert code == 0
    return reader.problems


def uninstall(installation, database):
    """Uninstall as a person does, in the running server. :return: what Odoo complained about"""
    server = OdooServer(installation, database, name="e2e-uninstall", load=("queue_job",))
    with server as odoo:
        rpc = Rpc(odoo.url, database)
        [module] = rpc.call("ir.module.module", "search", [("name", "=", ADDON)])
        rpc.call("ir.module.module", "button_immediate_uninstall", [module])
        log = odoo.process.log
    reader = Reader()
    for line in log.read_text().splitlines(keepends=True):
        reader(line)
    return reader.problems


def test_install_upgrade_uninstall_and_reinstall_go_without_a_warning(installation, bare_database):
    assert change(installation, bare_database, "Installing", f"--init={ADDON}") == []
    assert change(installation, bare_database, "Upgrading", f"--update={ADDON}") == []
    assert uninstall(installation, bare_database) == []
    assert change(installation, bare_database, "Reinstalling", f"--init={ADDON}") == []


def test_an_uninstalled_addon_leaves_nothing_behind(installation, database):
    assert installation.server.sql(OWN_TABLES, database)
    assert uninstall(installation, database) == []
    for what in (OWN_TABLES, OWN_RECORDS, OWN_COLUMNS):
        assert installation.server.sql(what, database) == []

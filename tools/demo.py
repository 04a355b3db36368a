"""`make demo`: PostgreSQL, the sandbox and Odoo with demo data, until Ctrl-C.

The database outlives a run; it is made anew when Odoo has changed, upgraded when the addon has.
"""

import hashlib
import json
import os
import time
import xmlrpc.client

from . import ownership, ports, template, venvs
from .console import StepError, say
from .odoo_run import run_odoo
from .paths import ADDON, LOCAL
from .rpc import Rpc
from .stack import OdooServer, Sandbox

PORT = 8069
STATE = LOCAL / "demo.json"
TOKEN = "sandbox-demo-token"
WEBHOOK_TOKEN = "sandbox-demo-webhook-token"
ANEW = "`make demo DATABASE=another_name`"


def serve(installation, database="", chosen_port=""):
    """Run the demo until it is interrupted."""
    port, sandbox_port = choose_ports(chosen_port)
    database = database or database_name(installation)
    sandbox_python = venvs.tests()
    ensure_database(installation, database)
    cartona = sandbox(sandbox_python, sandbox_port, f"http://127.0.0.1:{port}")
    with cartona, OdooServer(installation, database, port=port) as odoo:
        connect(Rpc(odoo.url, database), cartona)
        _greet(odoo, cartona)
        _watch(odoo, cartona)


def sandbox(python, port, odoo):
    """Return the stand-in for Cartona, with nothing in its shop but what Odoo will offer there."""
    return Sandbox(
        python, port=port, odoo=odoo, token=TOKEN, webhook_token=WEBHOOK_TOKEN, seed="empty"
    )


def database_name(installation):
    series = installation.odoo.series
    return "cartona_demo" if series == "17.0" else f"cartona_demo_{series.replace('.', '_')}"


def choose_ports(chosen=""):
    """Return Odoo's and the sandbox's port: the chosen one and the next, else two free ones."""
    if chosen:
        if not chosen.isdigit() or not 1024 <= int(chosen) <= 65534:
            raise StepError(f"PORT={chosen} can't be used.", "Choose one from 1024 to 65534.")
        port = int(chosen)
        for busy in (port, port + 1):
            if not ports.is_free(busy):
                raise StepError(
                    f"Port {busy} is taken by another program.",
                    f"Stop it, or choose another: `make demo PORT={port + 100}`.",
                )
        return port, port + 1
    port = PORT
    while not (ports.is_free(port) and ports.is_free(port + 1)):
        port += 100
    if port != PORT:
        say(
            f"Port {PORT} or {PORT + 1} is taken by another program, so this demo uses {port} and"
            f" {port + 1}. Choose yourself with `make demo PORT=…`."
        )
    return port, port + 1


def ensure_database(installation, database):
    """Make or upgrade the demo's database where it doesn't fit Odoo and the addon as they are."""
    server = installation.server
    if database in server.databases():
        _claim(installation, database)
    wanted = {"template": template.ensure(installation), "addon": _fingerprint(installation)}
    noted = _name_in_note(server, database)
    have = _noted().get(noted, {})
    missing = database not in server.databases()
    if missing or have.get("template") != wanted["template"]:
        _note(noted, {})  # whatever stops us halfway, what is there then is not what was noted
        template.new_database(installation, database)
        _change(installation, database, "Installing the addon", f"--init={ADDON}")
    elif have != wanted:
        _change(installation, database, "Upgrading the addon", f"--update={ADDON}")
    _note(noted, wanted)


def _claim(installation, database):
    """Refuse a database that is not this clone's; an older set-up left its own without a mark."""
    server = installation.server
    if not server.shared and database in {database_name(installation), *_noted()}:
        server.mark(database)
    ownership.refuse_foreign(server, database)


def _name_in_note(server, database):
    variables = server.variables
    where = f"{variables['PGHOST']}:{variables.get('PGPORT', '')}/" if server.shared else ""
    return f"{where}{database}"


def _noted():
    """:return: {database: what it was made of}; nothing where the note can't be read"""
    try:
        known = json.loads(STATE.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {name: state for name, state in known.items() if isinstance(state, dict)}


def _note(database, state):
    """Write it beside and rename: a full disk or a kill leaves what was noted before."""
    beside = STATE.with_suffix(".new")
    beside.write_text(json.dumps({**_noted(), database: state}, indent=2))
    os.replace(beside, STATE)


def _fingerprint(installation):
    """Tell one state of the addon's files from another."""
    digest = hashlib.sha256()
    folder = installation.addon
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _change(installation, database, label, action):
    run_odoo(installation, database, label, "demo-install.log", [action, "--no-http"])


def connect(rpc, sandbox):
    """Connect Odoo with the sandbox, whatever has been tried with this database before."""
    if not rpc.uid:
        raise StepError(
            "The demo's administrator has another password than `admin` by now.",
            f"Set it back, or start anew: {ANEW}.",
        )
    try:
        config = rpc.record(f"{ADDON}.config_demo")
        if not config:
            raise StepError("The demo's own connection has been deleted.", f"Start anew: {ANEW}.")
        point_at(rpc, sandbox, config)
        go_live(rpc, sandbox, config)
    except xmlrpc.client.Fault as fault:
        raise StepError(
            f"The demo's own connection can't be used any more: {fault.faultString.strip()}",
            f"Start anew: {ANEW}.",
        ) from fault


def point_at(rpc, sandbox, config):
    """Give the demo's config the addresses and tokens of this run; a live one lets nobody do so."""
    [values] = rpc.call("marketplace.config", "read", [config], ["state"])
    if values["state"] == "live":
        rpc.call("marketplace.config", "action_pause", [config])
    rpc.call(
        "marketplace.config",
        "write",
        [config],
        {
            "api_base_url": sandbox.api,
            "auth_token": TOKEN,
            "webhook_token": WEBHOOK_TOKEN,
        },
    )


def go_live(rpc, sandbox, config):
    """Fill the sandbox, which forgets with every run, with what the wholesaler sells."""
    [values] = rpc.call("marketplace.config", "read", [config], ["company_id", "supplier_code"])
    products = rpc.call(
        "product.product",
        "search_read",
        [("sale_ok", "=", True), ("company_id", "=", values["company_id"][0])],
        ["display_name"],  # which tells variants apart; the code is not the retailers' business
        context={"lang": "ar_001", "display_default_code": False},
    )
    sandbox.put_products(
        [
            {
                "internal_product_id": str(product["id"]),
                "base_product_name": product["display_name"],
                "supplier_code": values["supplier_code"],
            }
            for product in products
        ]
    )
    rpc.call("marketplace.config", "action_test_connection", [config])
    rpc.call("marketplace.config", "action_confirm_deployment", [config])
    rpc.call("marketplace.config", "action_go_live", [config])
    listings = rpc.call("marketplace.listing", "search", [("config_id", "=", config)])
    if listings:
        rpc.call("marketplace.listing", "action_resend", listings)


def _greet(odoo, sandbox):
    say(f"""
  Odoo      {odoo.url}   admin / admin, or demo / demo   (database {odoo.database})
  Sandbox   {sandbox.url}   Cartona's side: play the retailer here
  Logs      {odoo.process.log.parent}

Ctrl-C stops everything.""")


def _watch(*servers):
    while all(server.process.alive() for server in servers):
        time.sleep(1)
    ended = next(server for server in servers if not server.process.alive())
    raise StepError(f"{ended.name} ended by itself.", f"See {ended.process.log}.")

"""What is measured: an Odoo without the addon, and Odoos with it, live and in step.

Each is processes of its own: prefork Odoo as in odoo.conf, queue_job's runner, a sandbox.
Called by conftest.py.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from tests.sandbox.client import Sandbox as Client
from tools import ownership, template, venvs
from tools.odoo_run import run_odoo
from tools.paths import ADDON
from tools.rpc import Rpc
from tools.stack import OdooServer, Sandbox

from . import catalogue
from .database import Database

# As in odoo.conf: jobs take three of them at most, so that three are left for people and webhooks.
WORKERS = 6
TOKEN = "sandbox-token"
PROBE = "bench_probe"
WARM_UP = 30
RUN = "bench"


@dataclass
class Shop:
    """A running Odoo, seen from outside."""

    odoo: OdooServer
    db: Database
    rpc: Rpc
    sandbox: Client | None = None
    config: int | None = None

    @cached_property
    def templates(self):
        return catalogue.templates(self.db)

    @cached_property
    def variants(self):
        return catalogue.variants(self.db)

    def settle(self):
        """Wait until nothing goes on, so that what is measured next is measured alone."""
        if self.config:
            self.db.wait_until_quiet()

    def timed(self, model, ids, method, *arguments):
        """Call something. :return: the moment its commit was through"""
        return self.rpc.call("bench.probe", "timed_call", model, ids, method, list(arguments))

    def set_price(self, template_ids, price):
        """:return: the moment of the commit"""
        return self.timed("product.template", template_ids, "write", {"list_price": price})


def database_name(installation, role):
    return ownership.name_for_run(installation.server, RUN, role)


def drop_leftovers(installation):
    """Drop the databases of runs that were killed."""
    for name in ownership.leftovers(installation.server, RUN):
        template.drop_database(installation, name)


def build_plain(installation, name, products):
    """Make a database with so many products and without the addon."""
    template.new_database(installation, name)
    with Database(installation.server, name) as db:
        catalogue.add_products(db, products)
        db.silence_crons()


def build_with_addon(installation, name, plain):
    """Make a copy of a database and install the addon in it."""
    template.copy_database(installation, plain, name)
    run_odoo(
        installation,
        name,
        "Installing the addon",
        "bench-install.log",
        [f"--init={ADDON},{PROBE}", "--no-http"],
    )
    with Database(installation.server, name) as db:
        # its demo data has the administrator work for a company that has nothing of ours in stock
        db.run("UPDATE res_users SET company_id = 1 WHERE login = 'admin'")
        db.silence_crons()
        db.count_marks()


@contextmanager
def without_addon(installation, name):
    """:return: a warm Shop that knows nothing of marketplaces"""
    server = OdooServer(
        installation, name, workers=WORKERS, name="bench-plain-odoo", load=("queue_job",)
    )
    with server as odoo, Database(installation.server, name) as db:
        shop = Shop(odoo, db, Rpc(odoo.url, name))
        warm_up(shop)
        yield shop


@contextmanager
def with_addon(installation, name, connect):
    """:param connect: what makes the connection live. :return: a warm Shop, in step"""
    with (
        Sandbox(venvs.tests(), token=TOKEN, seed="empty", name=f"bench-{name}-sandbox") as sandbox,
        Client(sandbox.url, TOKEN, timeout=120) as client,
        OdooServer(installation, name, workers=WORKERS, name=f"bench-{name}-odoo") as odoo,
        Database(installation.server, name) as db,
    ):
        client.set(auto_create=True)
        shop = Shop(odoo, db, Rpc(odoo.url, name), client)
        shop.config = create_connection(shop.rpc, sandbox)
        connect(shop)
        warm_up(shop)
        yield shop


def create_connection(rpc, sandbox):
    config = rpc.call(
        "marketplace.config",
        "create",
        {
            "name": "Bench",
            "company_id": 1,
            "deployment": "supplier",
            "api_base_url": sandbox.api,
            "auth_token": sandbox.token,
            "scope_domain": f"[('default_code', '=like', '{catalogue.CODE}%')]",
        },
    )
    rpc.call("marketplace.config", "action_test_connection", [config])
    return config


def go_live(shop):
    """As a person does, and wait until the whole catalogue is on the marketplace."""
    shop.rpc.call("marketplace.config", "action_go_live", [shop.config])
    shop.settle()
    forget_second_looks(shop)


def go_live_in_step(shop):
    """As if a large catalogue had been sent long ago."""
    catalogue.add_listings(shop.db, shop.config)
    shop.db.run("UPDATE marketplace_config SET state = 'live' WHERE id = %s", shop.config)


def forget_second_looks(shop):
    """New listings are looked at once more five minutes later: not amid a measurement."""
    shop.db.run("DELETE FROM marketplace_outbox WHERE due > timezone('utc', now())")


def warm_up(shop):
    """Let every worker load what it needs."""
    for number in range(WARM_UP):
        ids = [shop.templates[number]]
        shop.rpc.call("product.template", "write", ids, {"list_price": 9000 + number})
        shop.settle()

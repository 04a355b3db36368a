"""A database where everything is in step already: scenarios play on copies of it.

Built once a run: products, stock, a live connection and its first sync to a sandbox.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from tests.sandbox.client import Sandbox as Client
from tools import installation as installations
from tools import ownership, ports, template, venvs
from tools.rpc import Rpc
from tools.stack import OdooServer, Sandbox

from .connection import connect
from .products import Product, code, first_price, first_stock

TOKEN = "sandbox-token"
CHUNK = 1000
GOODS = {"17.0": {"detailed_type": "product"}, "18.0": {"is_storable": True}}


@dataclass
class Stage:
    """:param port: where the sandbox must listen, because the connection leads there"""

    installation: installations.Installation
    database: str
    products: list
    config: int
    port: int


@contextmanager
def built_stage(installation, source, count):
    """A stage with so many products on a copy of the database `source`; dropped at the end."""
    name = ownership.name_for_run(installation.server, "stage")
    port = ports.free()
    template.copy_database(installation, source, name)
    # A commit that was answered must outlive a crash of PostgreSQL, whatever its settings.
    installation.server.sql(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
    with sandbox_server(port) as running, Client(running.url) as shop:
        quiet = ("--max-cron-threads=0",)
        with OdooServer(installation, name, name="chaos-stage", options=quiet) as odoo:
            rpc = Rpc(odoo.url, name)
            products = make_products(rpc, installation.odoo.series, count)
            put_on_shelf(shop, products, with_values=False)
            config = connect(installation, rpc, name, running.api, products)
    yield Stage(installation, name, products, config, port)
    template.drop_database(installation, name)


def sandbox_server(port):
    return Sandbox(venvs.tests(), port=port, token=TOKEN, seed="empty", name="chaos-sandbox")


def put_on_shelf(shop, products, with_values=True):
    """Give Cartona's catalogue the products, as they are or still without price and stock."""
    rows = [{"internal_product_id": one.identity} for one in products]
    if with_values:
        for row, one in zip(rows, products, strict=True):
            row["selling_price"] = str(one.price)
            row["available_stock_quantity"] = one.stock
    shop.put_products(*rows)


def make_products(rpc, series, count, first=0, stock=True):
    """Create storable products with stock in the company's warehouse, over RPC.

    :param stock: False for products that can be deleted again
    """
    [user] = rpc.call("res.users", "read", [rpc.uid], ["company_id"])
    own = [("company_id", "=", user["company_id"][0])]
    [warehouse] = rpc.call("stock.warehouse", "search_read", own, ["lot_stock_id"], limit=1)
    made = []
    for start in range(first, first + count, CHUNK):
        numbers = range(start, min(start + CHUNK, first + count))
        made += _make_chunk(rpc, series, numbers, user["company_id"][0])
    if stock:
        fill_shelves(rpc, made, warehouse["lot_stock_id"][0])
    return made


def fill_shelves(rpc, products, location):
    for start in range(0, len(products), CHUNK):
        chunk = products[start : start + CHUNK]
        rows = [
            {
                "product_id": one.variant,
                "location_id": location,
                "quantity": first_stock(one.number),
            }
            for one in chunk
        ]
        quants = rpc.call("stock.quant", "create", rows)
        for one, quant in zip(chunk, quants, strict=True):
            one.quant, one.stock = quant, first_stock(one.number)


def _make_chunk(rpc, series, numbers, company):
    """Of the company's own: what companies share is in the first company's currency."""
    goods = GOODS.get(series, GOODS["18.0"])
    variants = rpc.call(
        "product.product",
        "create",
        [
            {
                "name": f"Chaos {number}",
                "default_code": code(number),
                "list_price": float(first_price(number)),
                "taxes_id": [],
                "company_id": company,
                **goods,
            }
            for number in numbers
        ],
    )
    rows = rpc.call("product.product", "read", variants, ["product_tmpl_id"])
    templates = {row["id"]: row["product_tmpl_id"][0] for row in rows}
    return [
        Product(number, variant, templates[variant], 0, first_price(number), 0)
        for number, variant in zip(numbers, variants, strict=True)
    ]

"""`make demo` as a person meets it: addresses that answer, a config that works, a clean end."""

import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from tests.sandbox.client import Sandbox
from tools import ownership, ports, template
from tools.paths import ADDON, ROOT
from tools.rpc import Rpc

from .waiting import wait_until


def two_free_ports():
    while True:
        port = ports.free()
        if port < 65534 and ports.is_free(port + 1):
            return port


@pytest.fixture
def demo(installation):
    """:return: (the running demo's process, Odoo's port, the database)"""
    port, database = two_free_ports(), ownership.name_for_run(installation.server, "demo_test")
    process = subprocess.Popen(
        [sys.executable, "-m", "tools", "demo"],
        cwd=ROOT,
        env={
            **os.environ,
            "SERIES": installation.odoo.series,
            "PORT": str(port),
            "DATABASE": database,
        },
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    assert "Ctrl-C" in lines[-1], "".join(lines)
    yield process, port, database
    process.kill()
    process.wait()
    process.stdout.close()
    template.drop_database(installation, database)


def page(port, path="/"):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return answer.read().decode()


def offered(sandbox, product):
    """:return: price and stock of a product that is published there"""
    rows = {row["internal_product_id"]: row for row in sandbox.product_state()}
    row = rows[str(product)]
    if row["is_published"]:
        return row["selling_price"], row["available_stock_quantity"]
    return None


def test_the_demo_answers_is_connected_and_ends_without_a_trace(demo):
    process, port, database = demo
    assert "login" in page(port, "/web/login")
    assert "<html" in page(port + 1)

    rpc = Rpc(f"http://127.0.0.1:{port}", database)
    config = rpc.record(f"{ADDON}.config_demo")
    [values] = rpc.call("marketplace.config", "read", [config], ["state"])
    assert values["state"] == "live"
    [tea] = rpc.call("product.product", "search", [("default_code", "=", "TEA-002")])
    with Sandbox(f"http://127.0.0.1:{port + 1}") as sandbox:
        wait_until(lambda: offered(sandbox, tea) == (62.0, 480))
        assert sandbox.product(str(tea))["base_product_name"] == "شاي ناعم زهوارا 250 جم"
        shown = {row["internal_product_id"] for row in sandbox.product_state()}
    listings = rpc.call(
        "marketplace.listing", "search_read", [("config_id", "=", config)], ["product_id"]
    )
    assert shown == {str(listing["product_id"][0]) for listing in listings}
    assert Rpc(f"http://127.0.0.1:{port}", database, "demo", "demo").uid

    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    assert ports.is_free(port) and ports.is_free(port + 1)

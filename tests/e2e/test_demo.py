"""`make demo` as a person meets it: addresses that answer, a config that works, a clean end."""

import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from tools import ports, template
from tools.paths import ADDON, ROOT
from tools.rpc import Rpc


def two_free_ports():
    while True:
        port = ports.free()
        if port < 65534 and ports.is_free(port + 1):
            return port


@pytest.fixture
def demo(installation):
    """:return: (the running demo's process, Odoo's port, the database)"""
    port, database = two_free_ports(), f"cartona_demo_test_{os.getpid()}"
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


def test_the_demo_answers_is_connected_and_ends_without_a_trace(demo):
    process, port, database = demo
    assert "login" in page(port, "/web/login")
    assert "<html" in page(port + 1)

    rpc = Rpc(f"http://127.0.0.1:{port}", database)
    config = rpc.record(f"{ADDON}.config_demo")
    rpc.call("marketplace.config", "action_test_connection", [config])
    [values] = rpc.call("marketplace.config", "read", [config], ["state"])
    assert values["state"] == "connected"
    assert Rpc(f"http://127.0.0.1:{port}", database, "demo", "demo").uid

    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    assert ports.is_free(port) and ports.is_free(port + 1)

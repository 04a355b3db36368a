"""Starting and stopping: the ready line, the seeds, a busy port, Ctrl-C."""

import signal
import socket
import subprocess
import sys

import httpx
import pytest

from ..client import Sandbox
from ..server import PACKAGE, ROOT, running_sandbox


def start(*options):
    command = [sys.executable, "-m", PACKAGE, *options]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_it_answers_while_it_runs_and_not_afterwards():
    options = ("--seed", "demo", "--token", "mine")
    with running_sandbox(*options) as url, Sandbox(url, token="mine") as sandbox:
        assert 0 < len(sandbox.product_state()) <= 10
        assert sandbox.api("GET", "supplier-product").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)


def test_options_set_webhooks_and_auto_create():
    options = ("--odoo-webhook", "http://127.0.0.1:9", "--webhook-token", "w", "--auto-create")
    with running_sandbox(*options) as url, Sandbox(url) as sandbox:
        config = sandbox.admin("GET", "webhooks")
        assert (config["base_url"], config["token"]) == ("http://127.0.0.1:9", "w")
        sandbox.reset()
        assert sandbox.admin("GET", "settings")["auto_create"] is True


def test_busy_port_is_said_in_one_line():
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        process = start("--port", str(port))
        out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert out == ""
    assert err.startswith(f"The sandbox can't listen on 127.0.0.1:{port}")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(how):
    process = start("--port", "0")
    assert "ready" in process.stdout.readline()
    process.send_signal(how)
    out, err = process.communicate(timeout=20)
    assert (out, err) == ("", "")

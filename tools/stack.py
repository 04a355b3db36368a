"""The processes of a running system: Odoo and the sandbox, started, awaited, killed, stopped.

Used by the demo and by the tests that need more than one process.
"""

import json
import os
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import ports
from .console import StepError
from .installation import WIDE
from .paths import ROOT
from .process import Daemon

READY_AFTER = 120  # seconds, at most
WEBHOOKS = "/cartona_integration/webhook"


class HttpServer:
    """A program that serves HTTP on 127.0.0.1; `health` is the path that answers when it is up."""

    health = "/"

    def __init__(self, name, port=None):
        self.name = name
        self.port = port or ports.free()
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()

    def launch(self):
        """Return the Daemon; to be defined by each kind of server."""
        raise NotImplementedError

    def start(self):
        self.process = self.launch()
        try:
            self.wait_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None

    def restart(self):
        self.stop()
        self.start()

    def wait_ready(self):
        deadline = time.monotonic() + READY_AFTER
        while time.monotonic() < deadline:
            if not self.process.alive():
                raise StepError(f"{self.name} ended at once.", f"See {self.process.log}.")
            if self._answers():
                return
            time.sleep(0.1)
        raise StepError(
            f"{self.name} doesn't answer after {READY_AFTER} s.", f"See {self.process.log}."
        )

    def _answers(self):
        try:
            with urllib.request.urlopen(self.url + self.health, timeout=10) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as error:
            error.close()
            return False
        except OSError:
            return False


class Sandbox(HttpServer):
    """The stand-in for Cartona. :param odoo: the address that its webhooks go to"""

    health = "/"

    def __init__(
        self, python, *, port=None, odoo="", token, webhook_token="", seed="demo", name="sandbox"
    ):
        super().__init__(name, port)
        self.token = token
        self.api = f"{self.url}/api/v1/"
        self.command = [python, "-m", "tests.sandbox", "--host", "127.0.0.1", "--port", self.port]
        self.command += ["--token", token, "--seed", seed]
        if odoo:
            self.command += ["--odoo-webhook", odoo, "--webhook-token", webhook_token]

    def launch(self):
        return Daemon(self.name, self.command, cwd=ROOT)

    def put_products(self, products):
        """Put products into the catalogue, as Cartona's staff would."""
        request = urllib.request.Request(
            f"{self.url}/_sandbox/products",
            json.dumps(products).encode(),
            {"Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()


class OdooServer(HttpServer):
    """Odoo on one database, with queue_job's runner inside. :param workers: 0 is threaded

    :param load: the addons loaded server-wide besides Odoo's own; these can't be uninstalled
    """

    health = "/web/health"

    def __init__(
        self, installation, database, *, port=None, workers=0, name="odoo", options=(), load=WIDE
    ):
        super().__init__(name, port)
        self.database = database
        self._installation = installation
        self._load = load
        self._options = [f"--workers={workers}", f"--gevent-port={ports.free()}", *options]

    def launch(self):
        command = self._installation.command(
            "server",
            f"--database={self.database}",
            f"--http-port={self.port}",
            "--http-interface=127.0.0.1",
            *self._options,
            load=self._load,
        )
        return Daemon(self.name, command, env=self._installation.environment)

    def worker_pids(self):
        """Return the pids of the prefork server's children."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_worker(self, pid):
        os.kill(pid, signal.SIGKILL)

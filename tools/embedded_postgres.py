"""PostgreSQL from a Python wheel, with its data under `.local/`; runs as root or as anybody.

Used by installation.py where no other server is named; tests stop and start it as they need.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

from . import ports
from .atomic import build_once, lock
from .console import StepError, step
from .ownership import MARK
from .paths import LOCAL, LOGS
from .postgres import Server
from .process import explain, run

ADMIN = "odoo"
START_ATTEMPTS = 5
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": 200,
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "log_line_prefix": "%m [%p] %d ",
}
# for databases that nobody misses: a crash of the machine may lose them
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Embedded(Server):
    """Our own server with its data in `.local/<name>`; several commands may share it."""

    shared = False

    def __init__(self, binaries, name="postgres", durable=False):
        self.folder = LOCAL / name
        self.data = self.folder / "data"
        self.settings = SETTINGS if durable else {**SETTINGS, **THROW_AWAY}
        super().__init__(binaries, {"PGHOST": "127.0.0.1", "PGUSER": ADMIN})

    @contextmanager
    def running(self):
        """Start it unless it runs; stop it when its last user is gone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield self
            finally:
                self._stop_if_last(users)

    def _stop_if_last(self, users):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        self.stop()

    def start(self):
        with lock("start", self.folder):
            build_once(self.data, self._initialise)
            port = self._port_of_running() or self._launch()
            self.variables.update(PGPORT=str(port), PGPASSWORD=self._password())

    def stop(self, mode="fast"):
        """Stop it. :param mode: `immediate` is a crash: recovery follows at the next start."""
        if self._port_of_running():
            self._control("stop", "-m", mode)

    def is_running(self):
        return self._port_of_running() is not None

    def made_here(self, name):
        """The clone may have been moved since, and its server with it."""
        return self._comment(name).startswith(MARK)

    def _launch(self):
        log = LOGS / f"{self.folder.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.touch()
        self._own(log)
        settings = " ".join(f"-c {key}='{value}'" for key, value in self.settings.items())
        for attempts_left in reversed(range(START_ATTEMPTS)):
            port = int(self.variables.get("PGPORT") or ports.free())
            try:
                self._control("start", "-l", log, "-o", f"-p {port} {settings}")
                return port
            except StepError as error:
                # a killed server's children may hold its memory for a moment longer
                if not attempts_left:
                    raise explain(log.read_text()[-2000:], error) from None
                time.sleep(1)

    def _port_of_running(self):
        """Return the port of the server that runs on our data; clear a dead one's pid file."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return None
        # a full disk or a crash leaves any part of it, nothing too
        pid, _data, _since, port = [*pid_file.read_text().splitlines(), "", "", "", ""][:4]
        comm = Path(f"/proc/{pid}/comm")
        is_ours = comm.exists() and comm.read_text().strip() == "postgres"
        if is_ours and port.isdigit() and not ports.is_free(int(port)):
            return int(port)
        pid_file.unlink()
        return None

    def _initialise(self, path):
        with step("Setting up PostgreSQL"):
            path.mkdir(mode=0o700)
            self._own(path)
            password = self.folder / "password"
            password.write_text(secrets.token_hex(16))
            password.chmod(0o600)
            run(
                [
                    *self._as_nobody(),
                    self.binaries / "initdb",
                    "-D",
                    path,
                    "-U",
                    ADMIN,
                    "--auth=scram-sha-256",
                    f"--pwfile={password}",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                ],
                "initdb.log",
                what="Setting up PostgreSQL",
            )

    def _password(self):
        return (self.folder / "password").read_text()

    def _control(self, *arguments):
        run(
            [*self._as_nobody(), self.binaries / "pg_ctl", "-w", "-D", self.data, *arguments],
            f"{self.folder.name}-control.log",
            what=f"PostgreSQL's {arguments[0]}",
        )

    def _own(self, path):
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(path, nobody.pw_uid, nobody.pw_gid)

    def _as_nobody(self):
        """PostgreSQL refuses to run as root: become nobody, yet see into root's folders."""
        if os.getuid():
            return []
        if not shutil.which("setpriv"):
            raise StepError(
                "PostgreSQL doesn't run as root, and `setpriv` is missing to become another user.",
                "Install util-linux or run as an ordinary user.",
            )
        nobody = pwd.getpwnam("nobody")
        # without no_setuid_fixup, access(2) ignores the capability and finds no program
        return [
            "setpriv",
            f"--reuid={nobody.pw_uid}",
            f"--regid={nobody.pw_gid}",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            "--securebits=+no_setuid_fixup",
        ]

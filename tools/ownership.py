"""Whose a database is: on a server that clones or machines share, its name alone doesn't say it.

The mark is kept in the database's comment, so that it outlives `.local/`. Used by postgres.py,
and by those who name databases or replace them.
"""

import hashlib
import os
import socket
from pathlib import Path

from .console import StepError
from .paths import ROOT

MARK = "made by cartona_integration's make in "
_HERE = f"{socket.gethostname()}:{ROOT}".encode("ascii", "backslashreplace").decode()
THIS_CLONE = f"{MARK}{_HERE}"
_TAG = hashlib.sha256(_HERE.encode()).hexdigest()[:8] + "_"


def tag(server):
    """Return what the names of this clone's databases carry where others may have theirs too."""
    return _TAG if server.shared else ""


def refuse_foreign(server, name):
    """Raise for a database that is there and that this clone hasn't made."""
    if name in server.databases() and not server.made_here(name):
        raise StepError(
            f"The database {name} exists and was not made by `make demo` of this clone.",
            "Choose another: `make demo DATABASE=another_name`.",
        )


def name_for_run(server, what, part=""):
    """Return the name of a database that this process makes and drops again.

    :param part: tells several of one process apart
    """
    return f"{_prefix(server, what)}{os.getpid()}{part and f'_{part}'}"


def leftovers(server, what):
    """Return the databases of this clone's runs that were killed."""
    prefix = _prefix(server, what)
    names = [name for name in server.databases() if name.startswith(prefix)]
    return [n for n in names if _is_dead(n.removeprefix(prefix).partition("_")[0])]


def _prefix(server, what):
    return f"cartona_{tag(server)}{what}_"


def _is_dead(pid):
    return pid.isdigit() and not Path(f"/proc/{pid}").exists()

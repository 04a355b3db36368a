"""PostgreSQL as a server one can ask, and the one that PGHOST or DATABASE_URL names.

Used by installation.py and, through it, by everything that needs a database.
"""

import os
import subprocess
from urllib.parse import unquote, urlsplit

from .console import StepError
from .ownership import THIS_CLONE
from .process import FULL_DISK, explain, run

CORRECT_URL = "Correct or unset DATABASE_URL."


class Server:
    """A running PostgreSQL, reached through the usual PG* variables in `variables`."""

    shared = True  # others may have databases here, other clones of this repository too

    def __init__(self, binaries, variables):
        self.binaries = binaries
        self.variables = variables

    @property
    def environment(self):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        return {**clean, **self.variables}

    def sql(self, statement, database="postgres"):
        """Return what a statement answers, as a list of lines."""
        return self._psql([statement], database)

    def _psql(self, statements, database="postgres"):
        done = subprocess.run(
            [
                self.binaries / "psql",
                "-XAtq",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                database,
                *(part for statement in statements for part in ("-c", statement)),
            ],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = next(iter(done.stderr.strip().splitlines()), f"exit code {done.returncode}")
            said = StepError(f"PostgreSQL says: {said.removeprefix('psql: error: ')}.")
            raise explain(done.stderr, said, causes=(FULL_DISK,))
        return done.stdout.splitlines()

    def databases(self):
        return self.sql("SELECT datname FROM pg_database")

    def create(self, name, template="template0"):
        """Create a database that says whose it is."""
        # one psql, so that it does both even if the command that started it is killed
        self._psql([f'CREATE DATABASE "{name}" TEMPLATE "{template}"', _marking(name)])

    def mark(self, name):
        """Let a database say that this clone made it."""
        self.sql(_marking(name))

    def made_here(self, name):
        """Whether this clone made the database, by what it says itself."""
        return self._comment(name) == THIS_CLONE

    def _comment(self, name):
        return "\n".join(
            self.sql(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
                f" WHERE datname = '{name}'"
            )
        )

    def drop(self, name):
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, old, new):
        self.sql(f'ALTER DATABASE "{old}" RENAME TO "{new}"')

    def dump(self, name, path):
        run(
            [self.binaries / "pg_dump", "-Fc", "-Z", "1", "-O", "-x", "-f", path, name],
            "pg_dump.log",
            what="Saving a database",
            env=self.environment,
        )

    def restore(self, name, path):
        run(
            [self.binaries / "pg_restore", "-O", "-x", "-j", "2", "-d", name, path],
            "pg_restore.log",
            what="Restoring a database",
            env=self.environment,
        )


def _marking(name):
    quoted = THIS_CLONE.replace("'", "''")
    return f"COMMENT ON DATABASE \"{name}\" IS '{quoted}'"


def _parts(url):
    """Return what DATABASE_URL consists of, its port among it."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise StepError(f"DATABASE_URL is no address: {error}.", CORRECT_URL) from error
    try:
        port = parts.port
    except ValueError as error:
        raise StepError("DATABASE_URL names no usable port.", CORRECT_URL) from error
    if not parts.hostname:
        raise StepError(
            "DATABASE_URL names no host, as in postgresql://user:password@host/.", CORRECT_URL
        )
    return {
        "PGHOST": parts.hostname,
        "PGPORT": port,
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
    }


def external(binaries):
    """Return the server that the environment names, or None."""
    url = os.environ.get("DATABASE_URL")
    if url:
        variables = {key: unquote(str(value)) for key, value in _parts(url).items() if value}
    elif os.environ.get("PGHOST"):
        variables = {k: v for k, v in os.environ.items() if k.startswith("PG")}
    else:
        return None
    server = Server(binaries, variables)
    server.variables["PGUSER"] = _check(server)
    return server


def _check(server):
    """Return the user that one is there, whoever named it, if Odoo can work as that user."""
    named = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "PGHOST"
    unset = f"Correct or unset {named}; unset, an embedded PostgreSQL is used."
    try:
        role = server.sql(
            "SELECT current_user, rolcreatedb OR rolsuper FROM pg_roles"
            " WHERE rolname = current_user"
        )[0]
    except StepError as error:
        raise StepError(
            f"The PostgreSQL that {named} names can't be used: {error}", unset
        ) from None
    user, may_create = role.split("|")
    if user == "postgres":
        raise StepError("Odoo refuses to work as PostgreSQL's user `postgres`.", unset)
    if may_create != "t":
        raise StepError(f"PostgreSQL's user `{user}` may not create databases.", unset)
    return user

"""A session of one's own on a world's database, to stand in the way of others."""

from contextlib import contextmanager

import psycopg2


@contextmanager
def connected(world):
    """A cursor; whatever it holds is let go of at the end."""
    pg = world.stage.installation.server.variables
    connection = psycopg2.connect(
        dbname=world.database,
        host=pg["PGHOST"],
        port=pg.get("PGPORT"),
        user=pg["PGUSER"],
        password=pg.get("PGPASSWORD"),
    )
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()

"""A look into a database beside Odoo: fills it, counts marks, sees whether all is quiet.

Used by systems.py, catalogue.py and the measurements.
"""

import psycopg2

from .waiting import until

# Nothing waits and nobody works: no mark is due, no job is on its way.
_QUIET = """
    SELECT NOT EXISTS (SELECT FROM marketplace_outbox WHERE due <= timezone('utc', now()))
       AND NOT EXISTS (
           SELECT FROM queue_job WHERE state IN ('pending', 'enqueued', 'started'))
"""
# A mark is one row for many records, and soon gone: what was marked is added up as it is written.
_COUNT_MARKS = """
    CREATE TABLE bench_marks (number bigint);
    CREATE FUNCTION bench_count_marks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO bench_marks
        SELECT sum(cardinality(res_ids)) FROM written WHERE claimed_at IS NULL
        HAVING count(*) > 0;
        RETURN NULL;
    END $$;
    CREATE TRIGGER bench_count_marks AFTER INSERT ON marketplace_outbox
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION bench_count_marks();
"""


class Database:
    """One autocommitting connection. In SQL with values, % is written %%."""

    def __init__(self, server, name):
        known = server.variables
        self._connection = psycopg2.connect(
            dbname=name,
            host=known["PGHOST"],
            port=known.get("PGPORT", 5432),
            user=known["PGUSER"],
            password=known.get("PGPASSWORD"),
        )
        self._connection.autocommit = True

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._connection.close()

    def run(self, sql, *values):
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values or None)

    def rows(self, sql, *values):
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return cursor.fetchall()

    def row(self, sql, *values):
        [row] = self.rows(sql, *values)
        return row

    def column(self, sql, *values):
        return [row[0] for row in self.rows(sql, *values)]

    def count_marks(self):
        """From now on, count what is marked; paid for by the side that has the addon."""
        self.run(_COUNT_MARKS)

    def marks(self):
        """:return: how many records have been marked since the counting began"""
        return self.row("SELECT coalesce(sum(number), 0)::int FROM bench_marks")[0]

    def wait_until_quiet(self, seconds=120):
        until(lambda: self.row(_QUIET)[0], seconds, "a quiet system")

    def silence_crons(self):
        """What Odoo does by the clock is put off, but for the cron that wakes the flush."""
        self.run(
            "UPDATE ir_cron SET nextcall = timezone('utc', now()) + interval '1 day'"
            " WHERE id NOT IN (SELECT res_id FROM ir_model_data"
            " WHERE model = 'ir.cron' AND name = 'cron_wake')"
        )

# What every job of ours shares: a database that goes away is waited for, not failed by.
from contextlib import contextmanager

import psycopg2
import psycopg2.pool

from odoo.addons.queue_job.exception import RetryableJobError

# It was restarted, somebody was faster, or all its connections are in use.
_PASSING = (psycopg2.OperationalError, psycopg2.InterfaceError, psycopg2.pool.PoolError)


@contextmanager
def outliving_the_database(cr):
    """Try a job again when PostgreSQL was restarted under it, or had no connection to spare.

    queue_job fails a job whose connection broke; by then ours may have done its work on other
    cursors, and every bit of it can be repeated.

    :param cr: the job's own cursor, which has to be alive at the end
    """
    try:
        yield
        cr.execute("SELECT 1")
    except _PASSING as error:
        raise RetryableJobError(
            "The database was away for a moment.", seconds=1, ignore_retry=True
        ) from error

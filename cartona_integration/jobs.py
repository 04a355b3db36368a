# What every job of ours shares: a database that goes away is waited for, not failed by.
from contextlib import contextmanager

import psycopg2

from odoo.addons.queue_job.exception import RetryableJobError


@contextmanager
def outliving_the_database(cr):
    """Try a job again when PostgreSQL was restarted under it.

    queue_job fails a job whose connection broke; by then ours may have done its work on other
    cursors, and every bit of it can be repeated.

    :param cr: the job's own cursor, which has to be alive at the end
    """
    try:
        yield
        cr.execute("SELECT 1")
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        raise RetryableJobError(
            "The database was away for a moment.", seconds=1, ignore_retry=True
        ) from error

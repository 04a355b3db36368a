# What every job of ours shares: a database that goes away is waited for, not failed by, and who is
# to be called again leaves his shard to whoever comes first.
from contextlib import contextmanager

import psycopg2
import psycopg2.pool

from odoo.addons.queue_job.exception import RetryableJobError

# It was restarted, somebody was faster, or all its connections are in use.
PASSING = (psycopg2.OperationalError, psycopg2.InterfaceError, psycopg2.pool.PoolError)
_LOOKS = "marketplace.looks"


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
    except PASSING as error:
        raise try_again(cr, "The database was away for a moment.", 1) from error


def look_if_tried_again(cr, look):
    """Have something looked at once a job that is to be called again has let go of its locks.

    Not after a job that failed: what fails would be called at once, and fail again.
    """
    cr.postrollback.data.setdefault(_LOOKS, []).append(look)


def try_again(cr, reason, seconds):
    """What a job raises to be called again after so many seconds, however often that was.

    :param cr: the job's own cursor
    """
    for look in cr.postrollback.data.pop(_LOOKS, ()):
        cr.postrollback.add(look)
    return RetryableJobError(reason, seconds=seconds, ignore_retry=True)

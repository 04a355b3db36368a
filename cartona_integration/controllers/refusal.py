# An answer that is no success: a status, a code for machines and a sentence for people. Raised by
# the checks of this room, made an HTTP answer by webhook_dispatcher.py alone.

RETRY_LATER = 30  # seconds


class Refusal(Exception):
    """A request that is not taken in.

    :param int status: the HTTP status
    :param str code: what is wrong, in a word
    :param str sentence: what is wrong and what to do, without anything of the request in it
    :param int retry_after: seconds after which the same request may succeed
    """

    def __init__(self, status, code, sentence, retry_after=None):
        self.status = status
        self.code = code
        self.sentence = sentence
        self.retry_after = retry_after
        super().__init__(f"{status} {code}")


def no_database():
    """:return: what a sender is told who may just as well come back later"""
    return Refusal(
        503,
        "no_database",
        "The database is away, or it can't be told which one this is for. Send it again later.",
        retry_after=RETRY_LATER,
    )

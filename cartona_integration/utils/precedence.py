# Which of two messages about one order is the newer one. They come twice and in any order, and
# carry no number: how far along the order is decides, then what the marketplace's own list says.

DUPLICATE = "duplicate"
STALE = "stale"
APPLY = "apply"
UNDECIDED = "undecided"


def decide(arrived, known, ranks, *, is_listed):
    """What to do with a message.

    :param arrived: (status, digest); the digest is None where it is the status alone
    :param known: the same, as last applied
    :param ranks: {status: how far along it is}
    :param is_listed: the marketplace's own list says the same as the message
    """
    status, digest = arrived
    known_status, known_digest = known
    if status == known_status and digest in (None, known_digest):
        return DUPLICATE
    if ranks[status] != ranks[known_status]:
        return APPLY if ranks[status] > ranks[known_status] else STALE
    return APPLY if is_listed else UNDECIDED

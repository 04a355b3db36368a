# What has to be said: today's values that the other side is not known to have.


def differing(known, today):
    """Return the part of ``today`` that ``known`` doesn't confirm.

    :param dict known: acknowledged values; a missing or None one is not known
    :param dict today: the values as they should be
    """
    return {
        name: value
        for name, value in today.items()
        if known.get(name) is None or known[name] != value
    }

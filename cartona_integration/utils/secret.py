# A secret on its way to the wire: whoever holds one can hand it on, the transport alone opens it,
# and only for the server that it was entered for.
from weakref import WeakKeyDictionary

from .redact import MASK

_secrets = WeakKeyDictionary()


class ForeignServer(ValueError):
    """The secret was meant for another server."""


class Secret:
    """Stands for a value; neither its attributes nor its text show it.

    :param tuple origin: the server that it was entered for (utils.addresses.origin)
    """

    __slots__ = ("__weakref__",)

    def __init__(self, value, origin):
        _secrets[self] = value, origin

    def __str__(self):
        return MASK

    __repr__ = __str__


def reveal(value, origin):
    """:return: what a Secret stands for, on its way to ``origin``; anything else as it is"""
    if not isinstance(value, Secret):
        return value
    content, home = _secrets[value]
    if origin is None or origin != home:
        raise ForeignServer
    return content

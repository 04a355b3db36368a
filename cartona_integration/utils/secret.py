# A secret on its way to the wire: whoever holds one can hand it on, the transport alone opens it.
from weakref import WeakKeyDictionary

from .redact import MASK

_values = WeakKeyDictionary()


class Secret:
    """Stands for a value; neither its attributes nor its text show it.

    Template expressions reach any method of a model and any attribute of what it returns, but no
    function of a module: so the value lies in the module, and `reveal` is a function.
    """

    __slots__ = ("__weakref__",)

    def __init__(self, value):
        _values[self] = value

    def __str__(self):
        return MASK

    __repr__ = __str__


def reveal(value):
    """:return: what a Secret stands for; anything else as it is"""
    return _values[value] if isinstance(value, Secret) else value

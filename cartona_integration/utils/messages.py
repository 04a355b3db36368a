# The value objects that travel between an adapter (which words a request and reads its answer)
# and the api (which sends it): neither needs to know the other's world.
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ApiRequest:
    """One request in a marketplace's own words.

    :param endpoint: key of the endpoint, resolved to a path by the api
    :param path_suffix: what follows the endpoint's path, for example an order's id
    """

    method: str
    endpoint: str
    topic: str
    params: dict = field(default_factory=dict)
    payload: object = None
    path_suffix: str = ""


@dataclass(frozen=True)
class ApiAnswer:
    """What came back: a 2xx answer whose body is JSON."""

    status: int
    payload: object
    headers: dict = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Item:
    """One record's part of a bulk call, in our own words.

    :param res_id: the record it speaks for
    :param identity: what the marketplace knows the record by
    :param content: what it has to be told: {name: value}
    """

    res_id: int
    identity: dict
    content: dict


@dataclass(frozen=True)
class Verdict:
    """What the marketplace said about one item.

    :param code: "" when it was accepted, else one of the api's codes
    :param detail: the marketplace's own words
    """

    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class RemoteProduct:
    """A product as the marketplace's own catalogue shows it.

    :param own_id: what we call it, "" when the marketplace does not know
    :param remote_id: what the marketplace calls it
    :param values: {name: value} as in an Item's content
    :param supplier_code: whose it is, "" when the marketplace does not say
    """

    own_id: str
    remote_id: str
    values: dict
    supplier_code: str = ""

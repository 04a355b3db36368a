# An order as a marketplace tells of it, in our own words: what adapters read and the processor
# makes a sales order of. Two messages with equal values are the same order, however they were
# written.
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from .exact_json import fingerprint


@dataclass(frozen=True)
class RemoteCustomer:
    """Who orders.

    :param code: what the marketplace calls the customer, "" when it does not say
    """

    code: str = ""
    name: str = ""
    phone: str = ""
    phone2: str = ""
    email: str = ""
    address: str = ""
    address_notes: str = ""


@dataclass(frozen=True)
class RemoteLine:
    """One line of an order.

    :param line_id: what tells it from the order's other lines
    :param remote_id: what the marketplace calls the product
    :param own_id: what we call it
    :param price: of one, after the discounts
    """

    line_id: str
    remote_id: str
    own_id: str
    name: str
    amount: Decimal
    price: Decimal
    supplier_discount: Decimal = Decimal(0)
    marketplace_discount: Decimal = Decimal(0)
    comment: str = ""


@dataclass(frozen=True)
class RemoteOrder:
    """An order with all that the marketplace says of it.

    :param status: one of const.ORDER_STATUSES; "" where it does not say
    :param facts: {name: text} of what is kept as it is: dates, notes, codes
    """

    remote_id: str
    status: str
    customer: RemoteCustomer
    lines: tuple
    supplier_code: str = ""
    total: Decimal | None = None
    money: dict = field(default_factory=dict)
    facts: dict = field(default_factory=dict)

    @property
    def digest(self):
        """What the order is, whatever its status."""
        content = asdict(self)
        content.pop("status")
        return fingerprint(_normal(content))


@dataclass(frozen=True)
class RemoteStatus:
    """An order's status alone."""

    remote_id: str
    status: str
    supplier_code: str = ""
    facts: dict = field(default_factory=dict)
    digest = None


def _normal(value):
    """7.5 and 7.50 are the same price."""
    if isinstance(value, dict):
        return {name: _normal(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_normal(one) for one in value]
    if isinstance(value, Decimal):
        return str(value.normalize() + 0)
    return value

# What Cartona tells about orders, in webhooks and in its pages alike.
from odoo import api, models

from ...const import STATUS_RANKS
from ...exceptions import Unusable
from ...utils.orders import RemoteCustomer, RemoteLine, RemoteOrder, RemoteStatus
from .const import FACTS, LONGEST_ID, MONEY, MOST_LINES, ORDER_KEYS
from .reading import clean, read_amount, read_id, read_number, read_object, read_text


class MarketplaceAdapterCartona(models.AbstractModel):
    _inherit = "marketplace.adapter.cartona"

    @api.model
    def _split_events(self, payload):
        if isinstance(payload, list):
            return payload
        if not isinstance(payload, dict):
            return []
        if "hashed_id" in payload:
            return [payload]
        return next((payload[k] for k in ORDER_KEYS if isinstance(payload.get(k), list)), [])

    @api.model
    def _identify(self, element):
        if not isinstance(element, dict):
            return "", ""
        return _as_id(element.get("hashed_id")), _as_id(element.get("supplier_code"))

    @api.model
    def _parse_order(self, element):
        item = read_object(element, "order")
        remote_id = read_id(item, "hashed_id")
        if not remote_id:
            raise Unusable("no_order_id")
        return RemoteOrder(
            remote_id=remote_id,
            status=self._read_status(item),
            customer=self._read_customer(item),
            lines=self._read_lines(item),
            supplier_code=read_id(item, "supplier_code"),
            total=read_number(item, "total_price") if item.get("total_price") is not None else None,
            money={name: read_number(item, name, *MONEY[name], default=0) for name in MONEY},
            facts={name: read_text(item, name) for name in FACTS},
        )

    @api.model
    def _parse_status(self, element):
        item = read_object(element, "status")
        remote_id = read_id(item, "hashed_id")
        if not remote_id:
            raise Unusable("no_order_id")
        return RemoteStatus(
            remote_id=remote_id,
            status=self._read_status(item, needed=True),
            supplier_code=read_id(item, "supplier_code"),
            facts={name: read_text(item, name) for name in FACTS},
        )

    @api.model
    def _read_status(self, item, *, needed=False):
        """ "" where an order does not say: then it is as far as it was."""
        status = read_text(item, "status")
        if status not in STATUS_RANKS and (status or needed):
            raise Unusable("unknown_status", status)
        return status

    @api.model
    def _read_customer(self, item):
        retailer = read_object(item.get("retailer"), "retailer")
        return RemoteCustomer(
            code=_read_code(retailer),
            name=read_text(retailer, "retailer_name"),
            phone=read_text(retailer, "retailer_number"),
            phone2=read_text(retailer, "retailer_number2"),
            email=read_text(retailer, "retailer_email"),
            address=read_text(retailer, "retailer_address"),
            address_notes=read_text(retailer, "address_notes"),
        )

    @api.model
    def _read_lines(self, item):
        details = item.get("order_details")
        if not isinstance(details, list):
            raise Unusable("bad_value", "order_details")
        if not details:
            raise Unusable("no_lines")
        if len(details) > MOST_LINES:
            raise Unusable("too_many_lines", str(len(details)))
        lines = tuple(self._read_line(line, number) for number, line in enumerate(details, 1))
        if len({line.line_id for line in lines}) < len(lines):
            raise Unusable("repeated_line")
        return lines

    @api.model
    def _read_line(self, line, number):
        line = read_object(line, "order_details")
        amount = read_number(line, "amount")
        if amount <= 0:
            raise Unusable("bad_number", "amount")
        return RemoteLine(
            line_id=read_id(line, "id") or f"#{number}",
            remote_id=read_id(line, "supplier_product_id"),
            own_id=read_id(line, "internal_product_id"),
            name=read_text(line, "product_name"),
            amount=amount,
            price=read_amount(line, "selling_price", "price"),
            supplier_discount=read_amount(line, "applied_supplier_discount", default=0),
            marketplace_discount=read_amount(line, "applied_cartona_discount", default=0),
            comment=read_text(line, "comment"),
        )


def _as_id(value):
    """An id that can be kept and looked up, "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    text = clean(str(value))
    return text if len(text) <= LONGEST_ID else ""


def _read_code(retailer):
    """Some senders write 0 where there is none: that is no customer's."""
    code = read_id(retailer, "retailer_code")
    return "" if code == "0" else code

# Orders with lines of one's own, for the tests of what becomes of them: products, quantities,
# prices, taxes and totals.
import json

from ..compat import LINE_TAXES, LINE_UNIT
from .inbound_common import InboundCase
from .prices_common import PricesCase


class OrderLinesCase(InboundCase, PricesCase):
    def setUp(self):
        super().setUp()
        self.sent_orders = 0

    def details(self, *lines, **values):
        """Lines as the marketplace words them, numbered from 1.

        :param lines: (identity, amount, price)
        """
        return [
            {
                "id": str(number),
                "internal_product_id": identity,
                "amount": amount,
                "selling_price": price,
                **values,
            }
            for number, (identity, amount, price) in enumerate(lines, 1)
        ]

    def told(self, lines, total):
        if total is None:
            total = sum(round(amount * price, 2) for _identity, amount, price in lines)
        return {"order_details": self.details(*lines), "total_price": round(total, 2)}

    def send(self, *lines, total=None, **values):
        """An order of these lines arrives.

        :return: its event
        """
        self.sent_orders += 1
        values = self.told(lines, total) | values
        [event] = self.receive(self.order(f"lines-{self.sent_orders}", **values))
        return event

    def order_of(self, *lines, **values):
        """The sales order that these lines become."""
        event = self.send(*lines, **values)
        self.assertEqual((event.state, event.cause_code), ("done", False), event.cause_detail)
        return event.order_id

    def send_again(self, order, *lines, total=None, **values):
        """The customer has changed the order, and the marketplace's own list shows it."""
        values = self.told(lines, total) | values
        self.listed = [self.order(order.cartona_id, **values)]
        self.poll()
        event = self.events()[-1]
        self.assertEqual((event.state, event.cause_code), ("done", False), event.cause_detail)

    def assert_quarantined(self, event, code, record):
        self.assertEqual((event.state, event.cause_code), ("quarantined", code))
        self.assertEqual((event.cause_model, event.cause_id), (record._name, record.id))
        action = event.action_open_cause()
        self.assertEqual((action["res_model"], action["res_id"]), (record._name, record.id))
        self.assertTrue(event.cause)

    def new_pack(self, product, pieces):
        """List a product in packs of so many pieces."""
        return self.env["marketplace.listing"].create(
            {
                "config_id": self.config.id,
                "product_id": product.id,
                "identity": f"{product.default_code}#{pieces}",
                "pack_qty": pieces,
                "pack_number": max(int(pieces), 1),
            }
        )

    def new_fixed_tax(self, amount, *, price_include):
        tax = self.new_tax(f"{amount} a piece", price_include=price_include)
        tax.write({"amount_type": "fixed", "amount": amount})
        return tax

    def new_group(self, *taxes):
        return self.env["account.tax"].create(
            {
                "name": "Group",
                "amount_type": "group",
                "amount": 0.0,
                "type_tax_use": "sale",
                "children_tax_ids": [(6, 0, [tax.id for tax in taxes])],
            }
        )

    def sent_products(self):
        """What the marketplace was told about products, besides what it was told about orders."""
        bodies = [json.loads(one["body"]) for one in self.stub.seen if b"stock" in one["body"]]
        return {item.pop("internal_product_id"): item for body in bodies for item in body}

    def amounts(self, order):
        return order.amount_untaxed, order.amount_tax, order.amount_total

    def lines(self, order):
        return [
            (line.product_id, line.product_uom_qty, line.price_unit) for line in order.order_line
        ]

    def taxes(self, line):
        return line[LINE_TAXES]

    def unit(self, line):
        return line[LINE_UNIT]

    def holds(self, order):
        return (order.marketplace_holds or "").split(",") if order.marketplace_holds else []

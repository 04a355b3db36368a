# What an order needs that waits for a person is promised: it is not offered to others meanwhile.
from odoo.tests import tagged

from .inbound_common import InboundCase

STRANGE = {"id": "3", "internal_product_id": "NOBODY-S", "amount": 1, "selling_price": 5}


@tagged("post_install", "-at_install")
class TestPutAsideDemand(InboundCase):
    def strange_order(self, remote_id="ord-1", **values):
        """Two of oil, one of rice, and something that nobody knows."""
        order = self.order(remote_id, **values)
        order["order_details"].append(STRANGE)
        return order

    def told(self):
        """What the marketplace was told of the stock: {identity: quantity}."""
        self.sent()
        self.flush()
        return {
            name: item["available_stock_quantity"]
            for call in self.sent()
            for name, item in call.items()
            if "available_stock_quantity" in item
        }

    def sent(self, name="internal_product_id"):
        self.stub.seen[:] = [
            one for one in self.stub.seen if "supplier-product/bulk-update" in one["path"]
        ]
        return super().sent(name)

    def test_an_order_that_waits_keeps_its_goods_until_it_is_decided_about(self):
        [event] = self.receive(self.strange_order())
        self.assertEqual(event.state, "quarantined")
        # 10 − 2 and 20 − 1
        self.assertEqual(self.told(), {"MPT-OIL": 8, "MPT-RICE": 19})
        event.action_ignore()
        self.assertEqual(self.told(), {"MPT-OIL": 10, "MPT-RICE": 20})

    def test_once_it_is_taken_in_its_goods_count_once(self):
        self.receive(self.strange_order())
        self.told()
        self.new_product("NOBODY-S", 5.0)
        self.config.scope_domain = "[('default_code', 'in', ['MPT-OIL', 'MPT-RICE', 'NOBODY-S'])]"
        self.flush()
        [event] = self.events()
        event.action_replay()
        self.take_in()
        self.assertEqual(event.state, "done")
        self.assertEqual(self.told().get("MPT-OIL", 8), 8)
        self.assertFalse(self.env["marketplace.inbox.demand"].search([]))

    def test_of_several_versions_the_last_one_counts(self):
        self.receive(self.strange_order())
        later = self.strange_order(total_price=1.0)
        later["order_details"][0]["amount"] = 5
        self.receive(later)
        self.assertEqual(self.told(), {"MPT-OIL": 5, "MPT-RICE": 19})

    def test_packs_and_kits_count_as_their_pieces(self):
        self.env["marketplace.listing"].create(
            {
                "config_id": self.config.id,
                "product_id": self.oil.id,
                "identity": "MPT-OIL#1",
                "pack_number": 1,
                "pack_qty": 3,
            }
        )
        self.flush()
        order = self.strange_order()
        order["order_details"][0]["internal_product_id"] = "MPT-OIL#1"
        self.receive(order)
        # 10 − 2 × 3 pieces, one pack of three
        self.assertEqual(self.told(), {"MPT-OIL": 4, "MPT-OIL#1": 1, "MPT-RICE": 19})

    def test_an_absurd_order_that_waits_holds_its_own_product_only(self):
        self.listing(self.oil).pack_qty = 1e15
        self.flush()
        order = self.strange_order()
        order["order_details"][0]["amount"] = 900_000_000
        self.receive(order)
        self.assertEqual(self.told(), {"MPT-RICE": 19})
        self.assertEqual(self.listing(self.oil).status, "held")

    def test_what_is_cancelled_or_somebody_else_s_needs_nothing(self):
        self.config.supplier_code = "1"
        for remote_id, values in (
            ("ord-1", {"status": "cancelled_by_retailer"}),
            ("ord-2", {"supplier_code": "77"}),
        ):
            [event] = self.receive(self.strange_order(remote_id, **values))
            self.assertEqual(event.state, "quarantined")
        self.assertEqual(self.told(), {})

    def test_an_event_that_nobody_can_read_is_put_aside_all_the_same(self):
        for number, lines in enumerate(([{"id": "\u0000"}], "none", [None], [{"amount": "1e999"}])):
            with self.subTest(lines=lines):
                order = self.order(f"odd-{number}", order_details=lines)
                [event] = self.receive(order)
                self.assertEqual(event.state, "quarantined")
        self.assertEqual(self.told(), {})

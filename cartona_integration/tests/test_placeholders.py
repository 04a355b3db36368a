# Where the connection wants it so, an unknown product becomes a placeholder on a quotation that is
# held, until somebody says which product is meant.
from odoo.tests.common import tagged

from ..compat import LINE_UNIT
from .stages_common import StagesCase
from .test_mapping import MappingCase


@tagged("post_install", "-at_install")
class TestPlaceholders(MappingCase, StagesCase):
    def setUp(self):
        super().setUp()
        self.config.unknown_product_policy = "placeholder"
        self.placeholder = self.env.ref("cartona_integration.product_placeholder")

    def take_strange(self, remote_id="ord-1", **values):
        [event] = self.receive(self.strange(remote_id, **values))
        self.assertEqual(event.state, "done", event.cause_detail)
        return event.order_id

    def test_the_order_is_a_draft_that_says_what_was_ordered(self):
        order = self.take_strange()
        line = self.lines()["9"]
        self.assertEqual(line.product_id, self.placeholder)
        self.assertEqual(line.name, "عدس بني ٥٠٠ جم [STRANGE-1]")
        self.assertEqual((line.product_uom_qty, line.price_unit), (2.0, 20.0))
        # 2 × 80 + 32.5 + 2 × 20
        self.assertEqual((order.state, order.amount_total), ("draft", 232.5))
        self.assertIn("placeholder", order.marketplace_holds.split(","))
        self.assertTrue(order.has_placeholder)

    def test_the_mapped_product_takes_the_place_of_its_line(self):
        order = self.take_strange()
        line = self.lines()["9"]
        self.map(order, self.lentils)
        self.assertEqual(self.lines()["9"], line)
        self.assertEqual(line.product_id, self.lentils)
        self.assertIn("Brown lentils", line.name)
        self.assertEqual((line.product_uom_qty, line.price_unit), (2.0, 20.0))
        self.assertFalse(order.marketplace_holds)
        self.assertFalse(order.has_placeholder)

    def test_packs_are_sold_as_packs_then(self):
        order = self.take_strange(selling_price=240.0, unit_count=12)
        self.map(order, self.lentils, pack_qty=12.0)
        line = self.lines()["9"]
        # two boxes of twelve, at 240
        self.assertEqual((line.product_uom_qty, line.price_unit), (2.0, 240.0))
        self.assertEqual(line[LINE_UNIT]._compute_quantity(2.0, self.lentils.uom_id), 24.0)

    def test_a_bundle_s_parts_all_take_the_placeholder_s_place(self):
        # 160 and 94.50 of 254.50
        parts = {self.oil.id: 2, self.rice.id: 3}
        self.patch(
            type(self.env["marketplace.kits"]),
            "_get_parts",
            lambda _kits, products, _company: {
                product.id: parts for product in products if product == self.lentils
            },
        )
        element = self.strange(amount=1, selling_price=254.5)
        # 2 × 80 + 32.5 + 254.5
        element["total_price"] = 447.0
        [event] = self.receive(element)
        order = event.order_id
        self.rice.lst_price = 31.5
        self.map(order, self.lentils)
        found = order.order_line.filtered(lambda line: line.marketplace_line == "9")
        self.assertEqual(
            sorted(found.mapped(lambda line: (line.product_id.default_code, line.product_uom_qty))),
            [("MPT-OIL", 2.0), ("MPT-RICE", 3.0)],
        )
        self.assertEqual((order.amount_total, order.marketplace_holds), (447.0, False))

    def test_one_line_that_becomes_two_loses_nothing(self):
        self.lentils.taxes_id = self.env["account.tax"].create(
            {"name": "A piece", "amount_type": "fixed", "amount": 0.0, "type_tax_use": "sale"}
        )
        element = self.strange(amount=1, selling_price=10.0, unit_count=7)
        # 2 × 80 + 32.5 + 10
        element["total_price"] = 202.5
        [event] = self.receive(element)
        order = event.order_id
        self.map(order, self.lentils, pack_qty=7.0)
        found = order.order_line.filtered(lambda line: line.marketplace_line == "9")
        # seven pieces for 10.00: 1 × 1.42 and 6 × 1.43 where prices have two digits
        self.assertEqual(sum(found.mapped("product_uom_qty")), 7.0)
        self.assertEqual((order.amount_total, order.marketplace_holds), (202.5, False))

    def test_the_order_s_present_status_holds_whatever_came_late(self):
        order = self.take_strange()
        self.tell("approved")
        late = self.strange() | {"status": "editing"}
        [event] = self.receive(late)
        self.assertEqual((event.state, event.cause_code), ("ignored", "stale"))
        self.map(order, self.lentils)
        self.assertEqual((order.state, order.marketplace_holds), ("sale", False))

    def test_mapping_ends_no_edit_that_is_under_way(self):
        order = self.take_strange()
        self.decide(self.tell("editing"))
        self.map(order, self.lentils)
        self.assertEqual((order.state, order.marketplace_holds), ("draft", "editing"))

    def test_a_confirmed_order_gets_no_placeholder(self):
        order = self.new_order("confirmed")
        [event] = self.receive(self.strange() | {"status": "approved"})
        self.assertEqual((event.state, event.cause_code), ("quarantined", "product_unknown"))
        self.assertEqual(order.marketplace_holds, "newer_version")
        self.assertEqual(self.quantities(order), {"MPT-OIL": 2.0, "MPT-RICE": 1.0})
        self.map(event, self.lentils)
        self.assertEqual((event.state, order.marketplace_holds), ("done", False))
        self.assertEqual(self.moved(order)["OUT-LENTILS"], 2.0)

    def test_a_line_that_became_another_product_waits_for_nothing(self):
        order = self.take_strange()
        element = self.strange(internal_product_id="MPT-TEA", supplier_product_id=None)
        self.listed = [element]
        self.poll()
        line = self.lines()["9"]
        self.assertEqual(line.product_id, self.tea)
        self.assertFalse(line.told_own_id or line.told_remote_id)
        self.assertFalse(order.has_placeholder)
        self.take_strange("ord-2")
        other = self.lines("ord-2")["9"]
        other.product_id = self.lentils
        self.assertFalse(other.told_own_id or other.told_remote_id)

    def test_every_draft_that_waits_for_it_follows_and_people_s_changes_stay(self):
        self.take_strange()
        second = self.take_strange("ord-2")
        other = self.take_strange("ord-3", internal_product_id="X", supplier_product_id="78")
        self.lines("ord-2")["1"].product_uom_qty = 5.0
        self.map(self.lines()["9"].order_id, self.lentils)
        self.assertEqual(self.lines("ord-2")["9"].product_id, self.lentils)
        self.assertEqual(self.lines("ord-2")["1"].product_uom_qty, 5.0)
        # 3 × 80 more than the marketplace says, since somebody wanted it so
        self.assertEqual(second.marketplace_holds, "total_differs")
        self.assertEqual([second.has_placeholder, other.has_placeholder], [False, True])

    def test_of_two_unknown_products_the_other_one_still_holds(self):
        element = self.strange()
        element["order_details"].append(
            {"id": "10", "supplier_product_id": "90", "amount": 1, "selling_price": 1.0}
        )
        self.config.unknown_product_policy = "placeholder"
        [event] = self.receive(element)
        dialog = self.open_dialog(event.order_id)
        self.assertEqual(dialog.line_ids.mapped("remote_id"), ["77", "90"])
        dialog.line_ids[0].product_id = self.lentils
        # what was decided about new orders is no matter for this one
        self.config.unknown_product_policy = "quarantine"
        dialog.action_map()
        self.assertEqual(self.lines()["9"].product_id, self.lentils)
        self.assertEqual(self.lines()["10"].product_id, self.placeholder)
        self.assertIn("placeholder", event.order_id.marketplace_holds)

    def test_a_placeholder_that_people_replace_or_remove_holds_no_more(self):
        order = self.take_strange()
        self.lines()["9"].product_id = self.lentils
        self.assertFalse(order.marketplace_holds)
        order = self.take_strange("ord-2")
        self.lines("ord-2")["9"].unlink()
        self.assertFalse(order.marketplace_holds)

    def test_a_repeated_order_changes_nothing(self):
        order = self.take_strange()
        line = self.lines()["9"]
        self.listed = [self.strange()]
        self.poll()
        self.assertEqual((self.lines()["9"], order.has_placeholder), (line, True))

    def test_an_edit_meanwhile_is_told_of_the_placeholder(self):
        order = self.take_strange()
        line = self.lines()["9"]
        self.listed = [self.strange(amount=3)]
        self.poll()
        self.assertEqual(self.lines()["9"], line)
        self.assertEqual((line.product_uom_qty, order.has_placeholder), (3.0, True))

    def test_nobody_offers_a_placeholder_nor_counts_it_as_demand(self):
        self.take_strange()
        self.placeholder.sale_ok = True
        self.flush()
        self.assertFalse(self.listing(self.placeholder))
        demand, _unclear = self.env["marketplace.demand"]._get_unreserved_demand(
            self.env.company, self.warehouse
        )
        self.assertEqual(
            {key: float(value) for key, value in demand.items() if value},
            {self.oil.id: 2.0, self.rice.id: 1.0},
        )

    def test_without_its_placeholder_the_order_waits_in_the_inbox(self):
        self.placeholder.product_tmpl_id.unlink()
        [event] = self.receive(self.strange())
        self.assertEqual((event.state, event.cause_code), ("quarantined", "product_unknown"))

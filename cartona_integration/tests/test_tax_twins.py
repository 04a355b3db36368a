# Twins of taxes: looked for, made once, and kept in step.
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..compat import get_inclusion_values
from .order_lines_common import OrderLinesCase


@tagged("post_install", "-at_install")
class TestTaxTwins(OrderLinesCase):
    def setUp(self):
        super().setUp()
        self.vat = self.new_tax("VAT 14%", price_include=False)
        self.vat.invoice_label = "14%"
        self.oil.taxes_id = self.vat

    def twin(self):
        """The tax of a new line that is told with tax."""
        return self.taxes(self.order_of(("MPT-OIL", 1, 114)).order_line)

    def count_taxes(self):
        return self.env["account.tax"].with_context(active_test=False).search_count([])

    def test_a_twin_is_made_once_and_says_what_it_is(self):
        twin = self.twin()
        self.assertNotEqual(twin, self.vat)
        self.assertEqual((twin.name, twin.price_include), ("VAT 14%, in the price", True))
        self.assertEqual((twin.amount, twin.invoice_label), (14.0, "14%"))
        self.assertEqual(twin.tax_group_id, self.vat.tax_group_id)
        number = self.count_taxes()
        self.assertEqual((self.twin(), self.count_taxes()), (twin, number))

    def test_a_tax_that_is_the_twin_already_is_taken(self):
        own = self.vat.copy({"name": "Mine", **get_inclusion_values(True)})
        self.assertEqual(self.twin(), own)

    def test_a_tax_that_is_booked_otherwise_is_no_twin(self):
        account = self.env["account.account"].create(
            {"code": "MPT1", "name": "VAT", "account_type": "liability_current"}
        )
        for change in (
            {"amount": 5.0},
            {"include_base_amount": True},
            {"active": False},
            {"price_include": False},
        ):
            values = get_inclusion_values(True) | {"name": f"Other {change}"}
            if "price_include" in change:
                values |= get_inclusion_values(False)
            else:
                values |= change
            self.vat.copy(values)
        booked = self.vat.copy({"name": "Booked", **get_inclusion_values(True)})
        booked.repartition_line_ids.filtered(lambda one: one.repartition_type == "tax")[
            0
        ].account_id = account
        self.assertEqual(self.twin().name, "VAT 14%, in the price")

    def test_a_name_that_is_taken(self):
        other = {"name": "VAT 14%, in the price", "amount": 5.0}
        self.vat.copy(other)
        self.assertEqual(self.twin().name, "VAT 14%, in the price (2)")

    def test_ours_follows_its_tax(self):
        twin = self.twin()
        account = self.env["account.account"].create(
            {"code": "MPT1", "name": "VAT", "account_type": "liability_current"}
        )
        tax_line = self.vat.invoice_repartition_line_ids.filtered(
            lambda one: one.repartition_type == "tax"
        )
        self.vat.write(
            {
                "amount": 10.0,
                "include_base_amount": True,
                "invoice_repartition_line_ids": [(1, tax_line.id, {"account_id": account.id})],
            }
        )
        self.assertEqual((twin.amount, twin.include_base_amount), (10.0, True))
        booked = twin.invoice_repartition_line_ids.filtered("account_id")
        self.assertEqual(
            (booked.account_id, booked.repartition_type, len(twin.repartition_line_ids)),
            (account, "tax", 4),
        )
        # 110 / 1.1
        order = self.order_of(("MPT-OIL", 1, 110))
        self.assertEqual(self.amounts(order), (100.0, 10.0, 110.0))
        self.assertEqual(self.taxes(order.order_line), twin)

    def test_a_line_more_in_the_distribution(self):
        twin = self.twin()
        share = {"repartition_type": "tax", "factor_percent": 50.0}
        halves = {}
        for name in ("invoice_repartition_line_ids", "refund_repartition_line_ids"):
            tax_line = self.vat[name].filtered(lambda one: one.repartition_type == "tax")
            halves[name] = [(1, tax_line.id, share), (0, 0, share)]
        self.vat.write(halves)
        percents = twin.invoice_repartition_line_ids.filtered(
            lambda one: one.repartition_type == "tax"
        ).mapped("factor_percent")
        self.assertEqual((percents, self.twin()), ([50.0, 50.0], twin))

    def test_somebody_s_own_is_never_changed_but_let_go(self):
        own = self.vat.copy({"name": "Mine", **get_inclusion_values(True)})
        self.assertEqual(self.twin(), own)
        self.vat.amount = 10.0
        self.assertEqual(own.amount, 14.0)
        order = self.order_of(("MPT-OIL", 1, 110))
        self.assertEqual(self.amounts(order), (100.0, 10.0, 110.0))

    def test_ours_that_somebody_has_made_another_tax_is_let_go(self):
        twin = self.twin()
        twin.amount = 20.0
        order = self.order_of(("MPT-OIL", 1, 114))
        self.assertEqual(self.amounts(order), (100.0, 14.0, 114.0))
        self.assertEqual(self.taxes(order.order_line).name, "VAT 14%, in the price (2)")

    def test_a_tax_that_goes_and_comes_back(self):
        twin = self.twin()
        self.vat.active = False
        self.assertFalse(twin.active)
        self.vat.active = True
        self.assertEqual((self.twin(), twin.active), (twin, True))

    def test_a_group_s_twin_is_of_its_children_s(self):
        duty = self.new_fixed_tax(1.0, price_include=False)
        group = self.new_group(self.vat, duty)
        self.oil.taxes_id = group
        twin = self.twin()
        self.assertEqual(set(twin.children_tax_ids.mapped("price_include")), {True})
        self.assertEqual((twin.amount_type, len(twin.children_tax_ids)), ("group", 2))
        self.vat.amount = 10.0
        # (111 − 1) / 1.1
        order = self.order_of(("MPT-OIL", 1, 111))
        self.assertEqual(self.amounts(order), (100.0, 11.0, 111.0))
        group.children_tax_ids = self.vat
        order = self.order_of(("MPT-OIL", 1, 110))
        self.assertEqual(self.amounts(order), (100.0, 10.0, 110.0))
        self.assertEqual(self.taxes(order.order_line), twin)

    def test_two_at_once_make_no_two(self):
        link = self.twin().marketplace_origin_ids
        values = {"tax_id": link.tax_id.id, "twin_id": link.twin_id.id, "included": True}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["marketplace.tax.twin"].create(values)

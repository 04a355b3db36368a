# The taxes of orders' lines: the marketplace's price is what the customer pays, with tax or
# without, whatever kind the product's own taxes are of. 14 % VAT; a duty is so much a piece.
from odoo.tests import tagged

from .order_lines_common import OrderLinesCase

METHODS = ("round_per_line", "round_globally")


@tagged("post_install", "-at_install")
class TestOrderTaxes(OrderLinesCase):
    def assert_amounts(self, taxes, cases, *, included):
        """
        :param cases: list of (lines, total that the marketplace says, what the order's amounts are)
        """
        (self.oil | self.rice).taxes_id = taxes
        self.config.price_includes_tax = included
        for method in METHODS:
            self.config.company_id.tax_calculation_rounding_method = method
            for lines, total, amounts in cases:
                with self.subTest(method=method, lines=lines):
                    order = self.order_of(*lines, total=total)
                    self.assertEqual(self.amounts(order), amounts)
                    self.assertEqual(self.holds(order), [])

    def test_vat_is_in_the_price(self):
        cases = [
            ([("MPT-OIL", 1, 114)], 114, (100.0, 14.0, 114.0)),
            # 160 / 1.14 = 140.3508… and 32.50 / 1.14 = 28.5087…: 140.35 + 28.51, 19.65 + 3.99
            ([("MPT-OIL", 2, 80), ("MPT-RICE", 1, 32.5)], 192.5, (168.86, 23.64, 192.5)),
            # 21 / 1.14 = 18.4210…; the same product at an offer's price, 19.50 / 1.14 = 17.1052…
            ([("MPT-OIL", 3, 7), ("MPT-OIL", 3, 6.5)], 40.5, (35.53, 4.97, 40.5)),
            # 99999.99 × 1000 / 1.14
            ([("MPT-OIL", 1000, 99999.99)], 99999990, (87719289.47, 12280700.53, 99999990.0)),
        ]
        for product_s_own in (True, False):
            vat = self.new_tax(f"VAT {product_s_own}", price_include=product_s_own)
            vat.sequence = 1 + product_s_own
            self.assert_amounts(vat, cases, included=True)

    def test_vat_is_on_top_of_the_price(self):
        cases = [
            ([("MPT-OIL", 1, 100)], 100, (100.0, 14.0, 114.0)),
            # 160 × 0.14 = 22.40 and 32.50 × 0.14 = 4.55
            ([("MPT-OIL", 2, 80), ("MPT-RICE", 1, 32.5)], 192.5, (192.5, 26.95, 219.45)),
            ([("MPT-OIL", 3, 7), ("MPT-OIL", 3, 6.5)], 40.5, (40.5, 5.67, 46.17)),
        ]
        for product_s_own in (True, False):
            vat = self.new_tax(f"VAT {product_s_own}", price_include=product_s_own)
            self.assert_amounts(vat, cases, included=False)

    def test_a_tax_of_so_much_a_piece(self):
        vat, duty = (
            self.new_tax("VAT", price_include=False),
            self.new_fixed_tax(1.0, price_include=False),
        )
        # 160 less 2 pieces' duty is 158; / 1.14 = 138.5964…
        cases = [([("MPT-OIL", 2, 80)], 160, (138.6, 21.4, 160.0))]
        self.assert_amounts(vat | duty, cases, included=True)
        # 160 × 0.14 = 22.40, and 2 pieces
        cases = [([("MPT-OIL", 2, 80)], 160, (160.0, 24.4, 184.4))]
        self.assert_amounts(vat | duty, cases, included=False)

    def test_a_group_of_taxes(self):
        vat, duty = (
            self.new_tax("VAT", price_include=False),
            self.new_fixed_tax(1.0, price_include=True),
        )
        group = self.new_group(vat, duty)
        cases = [([("MPT-OIL", 2, 80)], 160, (138.6, 21.4, 160.0))]
        self.assert_amounts(group, cases, included=True)
        cases = [([("MPT-OIL", 2, 80)], 160, (160.0, 24.4, 184.4))]
        self.assert_amounts(group, cases, included=False)

    def test_a_tax_upon_a_tax(self):
        vat, levy = (self.new_tax(name, price_include=False) for name in ("VAT", "Levy"))
        levy.write({"amount": 10.0, "include_base_amount": True, "sequence": 0})
        # 125.40 / 1.14 / 1.1
        cases = [([("MPT-OIL", 1, 125.4)], 125.4, (100.0, 25.4, 125.4))]
        self.assert_amounts(vat | levy, cases, included=True)

    def test_rounding_line_by_line_or_all_at_once(self):
        """0.14 × 0.60 = 0.084: line by line 0.08 + 0.08, all at once 0.168."""
        (self.oil | self.rice).taxes_id = self.new_tax("VAT", price_include=True)
        self.config.price_includes_tax = False
        lines = [("MPT-OIL", 1, 0.6), ("MPT-RICE", 1, 0.6)]
        for method, amounts in zip(METHODS, ((1.2, 0.16, 1.36), (1.2, 0.17, 1.37)), strict=True):
            self.config.company_id.tax_calculation_rounding_method = method
            order = self.order_of(*lines)
            self.assertEqual((self.amounts(order), self.holds(order)), (amounts, []))

    def test_no_tax_is_no_tax(self):
        order = self.order_of(("MPT-OIL", 2, 80))
        self.assertEqual(self.amounts(order), (160.0, 0.0, 160.0))
        self.oil.taxes_id = self.new_tax("VAT 0%", price_include=False)
        self.oil.taxes_id.amount = 0.0
        order = self.order_of(("MPT-OIL", 2, 80))
        self.assertEqual(self.taxes(order.order_line), self.oil.taxes_id)

    def test_a_listing_whose_prices_are_of_the_other_kind(self):
        (self.oil | self.rice).taxes_id = self.new_tax("VAT", price_include=False)
        self.env["marketplace.policy"].create(
            {
                "config_id": self.config.id,
                "listing_id": self.listing(self.rice).id,
                "own_prices": True,
                "price_includes_tax": False,
            }
        )
        # 114 with 14.00 of tax, 50 and 7.00 on top; the marketplace's total is 164
        order = self.order_of(("MPT-OIL", 1, 114), ("MPT-RICE", 1, 50))
        self.assertEqual(self.amounts(order), (150.0, 21.0, 171.0))
        self.assertEqual(self.holds(order), [])

    def test_the_fiscal_position_comes_first(self):
        vat, reduced = (self.new_tax(name, price_include=False) for name in ("VAT", "Reduced"))
        reduced.amount = 5.0
        self.oil.taxes_id = vat
        position = self.env["account.fiscal.position"].create({"name": "Free zone"})
        if "account.fiscal.position.tax" in self.env:
            position.tax_ids = [(0, 0, {"tax_src_id": vat.id, "tax_dest_id": reduced.id})]
        else:
            reduced.write({"fiscal_position_ids": position.ids, "original_tax_ids": vat.ids})
        partner = self.order_of(("MPT-OIL", 1, 114)).partner_id
        partner.property_account_position_id = position
        # 105 / 1.05
        order = self.order_of(("MPT-OIL", 1, 105))
        self.assertEqual(order.fiscal_position_id, position)
        self.assertEqual(self.amounts(order), (100.0, 5.0, 105.0))

    def test_taxes_that_are_asked_for_anew_are_of_the_right_kind_again(self):
        self.oil.taxes_id = self.new_tax("VAT", price_include=False)
        order = self.order_of(("MPT-OIL", 1, 114))
        self.rice.taxes_id = self.oil.taxes_id
        order.action_update_taxes()
        self.assertEqual(self.amounts(order), (100.0, 14.0, 114.0))
        order.order_line.product_id = self.rice
        self.assertEqual(self.amounts(order), (100.0, 14.0, 114.0))
        order.order_line.write({next(iter(self._tax_field())): False})
        self.assertEqual(self.amounts(order), (114.0, 0.0, 114.0))

    def test_a_setting_that_is_corrected(self):
        self.oil.taxes_id = self.new_tax("VAT", price_include=False)
        self.config.price_includes_tax = False
        order = self.order_of(("MPT-OIL", 2, 114))
        # 228 × 0.14
        self.assertEqual(self.amounts(order), (228.0, 31.92, 259.92))
        self.config.price_includes_tax = True
        # 342 / 1.14
        self.send_again(order, ("MPT-OIL", 3, 114))
        self.assertEqual(self.amounts(order), (300.0, 42.0, 342.0))
        self.config.price_includes_tax = False
        # nothing of the line is changed; 342 × 0.14
        self.send_again(order, ("MPT-OIL", 3, 114), note_message="اتصل")
        self.assertEqual(self.amounts(order), (342.0, 47.88, 389.88))

    def test_a_setting_that_is_corrected_changes_no_confirmed_line(self):
        self.oil.taxes_id = self.new_tax("VAT", price_include=False)
        self.config.price_includes_tax = False
        order = self.order_of(("MPT-OIL", 2, 114))
        order.action_confirm()
        self.config.price_includes_tax = True
        self.send_again(order, ("MPT-OIL", 2, 114), note_message="اتصل", status="approved")
        self.assertEqual(self.amounts(order), (228.0, 31.92, 259.92))

    def _tax_field(self):
        return {"tax_id", "tax_ids"} & self.env["sale.order.line"]._fields.keys()

# Taxes that are not a percentage of what is paid: so much a piece, groups of taxes, and what a
# company or somebody else changes about them. The oil begins at 80, its pack has twelve pieces.
from odoo.tests import tagged

from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestPriceTaxes(PricesCase):
    def setUp(self):
        super().setUp()
        self.config.scope_domain = "[('default_code', '=', 'MPT-OIL')]"

    def go_live_with_a_pack(self, taxes):
        self.oil.taxes_id = taxes
        self.go_live()
        self.env["marketplace.listing"].create(
            {
                "config_id": self.config.id,
                "product_id": self.oil.id,
                "identity": "MPT-OIL#1",
                "pack_qty": 12,
                "pack_number": 1,
            }
        )
        self.flush()
        self.forget_later_marks()
        self.stub.seen.clear()

    def assert_sent(self, piece, pack):
        """Prices that are there."""
        listings = self.listing(self.oil).sorted("pack_qty")
        self.assertEqual(listings.mapped("sent_price"), [piece, pack])

    def assert_told(self, piece=None, pack=None):
        self.flush()
        told = {"MPT-OIL": piece, "MPT-OIL#1": pack}
        self.assertEqual(
            self.sent_once(),
            {name: {"selling_price": price} for name, price in told.items() if price},
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

    def test_so_much_a_piece_goes_into_the_price_of_each_piece_of_a_pack(self):
        duty = self.new_fixed_tax(1.0, price_include=False)
        self.go_live_with_a_pack(duty)
        # 80 + 1; 12 × 80 + 12 × 1, as a sales order of twelve
        self.assert_sent(81.0, 972.0)
        steps = self.listing(self.oil).sorted("pack_qty")[1].get_explanation()["price"]["steps"]
        self.assertEqual([number for _words, number in steps], ["80", "960", "972"])
        duty.amount = 1.5
        self.assert_told(81.5, 978.0)

    def test_so_much_a_piece_comes_out_of_the_price_of_each_piece_of_a_pack(self):
        duty = self.new_fixed_tax(1.0, price_include=True)
        self.config.price_includes_tax = False
        self.go_live_with_a_pack(duty)
        # 80 − 1; 12 × 80 − 12 × 1
        self.assert_sent(79.0, 948.0)
        duty.amount = 2.0
        self.assert_told(78.0, 936.0)

    def test_a_group_goes_in(self):
        vat = self.new_tax("VAT 14%", price_include=False)
        duty = self.new_fixed_tax(1.0, price_include=False)
        self.go_live_with_a_pack(self.new_group(vat, duty))
        # 80 × 1.14 + 1; 960 × 1.14 + 12
        self.assert_sent(92.2, 1106.4)
        vat.amount = 10.0
        # 88 + 1; 1056 + 12
        self.assert_told(89.0, 1068.0)
        duty.amount = 3.0
        # 88 + 3; 1056 + 36
        self.assert_told(91.0, 1092.0)

    def test_a_group_comes_out(self):
        vat = self.new_tax("VAT 14%", price_include=True)
        duty = self.new_fixed_tax(1.0, price_include=True)
        self.config.price_includes_tax = False
        self.go_live_with_a_pack(self.new_group(vat, duty))
        # 79 / 1.14 = 69.2982…; 948 / 1.14 = 831.5789…
        self.assert_sent(69.3, 831.58)
        vat.amount = 10.0
        # 71.8181…; 861.8181…
        self.assert_told(71.82, 861.82)

    def test_a_tax_that_is_archived_or_deleted(self):
        vat, duty = (
            self.new_tax("VAT 14%", price_include=False),
            self.new_fixed_tax(1.0, price_include=False),
        )
        self.go_live_with_a_pack(vat | duty)
        # 91.2 + 1; 1094.4 + 12
        self.assert_sent(92.2, 1106.4)
        vat.active = False
        self.assert_told(81.0, 972.0)
        vat.active = True
        self.assert_told(92.2, 1106.4)
        duty.unlink()
        self.assert_told(91.2, 1094.4)

    def test_a_part_of_a_group_that_is_archived_deleted_or_put_in(self):
        vat, duty = (
            self.new_tax("VAT 14%", price_include=False),
            self.new_fixed_tax(1.0, price_include=False),
        )
        group = self.new_group(vat, duty)
        self.go_live_with_a_pack(group)
        self.assert_sent(92.2, 1106.4)
        duty.active = False
        self.assert_told(91.2, 1094.4)
        duty.active = True
        self.assert_told(92.2, 1106.4)
        group.children_tax_ids = vat
        self.assert_told(91.2, 1094.4)
        group.children_tax_ids = vat | duty
        self.assert_told(92.2, 1106.4)
        duty.unlink()
        self.assert_told(91.2, 1094.4)

    def test_the_rounding_of_a_pack_s_taxes(self):
        vat = self.new_tax("VAT 14%", price_include=False)
        self.oil.list_price = 12.25
        self.go_live_with_a_pack(vat)
        # 12.25 × 1.14 = 13.965; 147 × 1.14
        self.assert_sent(13.97, 167.58)

    def test_taxes_are_rounded_one_by_one_or_all_at_once_as_the_company_says(self):
        taxes = self.new_tax("One", price_include=False), self.new_tax("Two", price_include=False)
        for tax in taxes:
            tax.amount = 5.0
        self.oil.list_price = 1.1
        self.config.company_id.tax_calculation_rounding_method = "round_per_line"
        self.go_live_with_a_pack(taxes[0] | taxes[1])
        # 5 % of 1.1 is 0.055, which is 0.06: 1.1 + 2 × 0.06; 13.2 + 2 × 0.66
        self.assert_sent(1.22, 14.52)
        self.config.company_id.tax_calculation_rounding_method = "round_globally"
        # 1.1 + 2 × 0.055
        self.assert_told(piece=1.21)

    def test_what_the_company_says_about_prices_and_taxes(self):
        country = self.env["res.country"].search([], limit=1)
        company = self.env["res.company"].create({"name": "Cairo", "country_id": country.id})
        self.config.company_id = company
        values = {"name": "VAT", "company_id": company.id, "country_id": country.id}
        group = self.env["account.tax.group"].create(values)
        vat = self.env["account.tax"].create(
            {**values, "amount": 14.0, "type_tax_use": "sale", "tax_group_id": group.id}
        )
        self.go_live_with_a_pack(vat)
        self.assert_sent(91.2, 1094.4)
        if "account_price_include" in company._fields:
            company.account_price_include = "tax_included"
        else:
            vat.price_include = True
        self.assert_told(80.0, 960.0)

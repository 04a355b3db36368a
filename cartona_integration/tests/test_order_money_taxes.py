# Money of an order with 14 % VAT, in the marketplace's prices or on top of them, rounded line by
# line or in all: what is collected, what an invoice leaves open, and that both say the same.
from odoo.tests import tagged

from .order_lines_common import OrderLinesCase
from .settlement_common import SettlementCase
from .test_settlement import MIXES

METHODS = ("round_per_line", "round_globally")
# BASE is 2 x 80 + 32.50 = 192.50 as told. In the price 160 / 1.14 = 140.35… and 32.50 / 1.14 =
# 28.50…: 168.86 + 23.64. On top of it 160 x 0.14 = 22.40 and 32.50 x 0.14 = 4.55: 219.45.
IN_PRICE = (168.86, 23.64, 192.50)
ON_TOP = (192.50, 26.95, 219.45)
# The mixes again, with the tax on top: 26.95 more is left of the invoice, and collected.
MIXES_ON_TOP = {
    (0, 0, 0, 0): (219.45, 219.45),
    (50, 0, 0, 0): (169.45, 169.45),
    (0, 30.25, 0, 0): (189.20, 189.20),
    (0, 0, 20.50, 0): (219.45, 239.95),
    (0, 0, 0, 5.25): (219.45, 219.45),
    (50, 30.25, 0, 0): (139.20, 139.20),
    (50, 0, 20.50, 0): (169.45, 189.95),
    (50, 0, 0, 5.25): (169.45, 169.45),
    (0, 30.25, 20.50, 0): (189.20, 209.70),
    (0, 30.25, 0, 5.25): (189.20, 189.20),
    (0, 0, 20.50, 5.25): (219.45, 239.95),
    (50, 30.25, 20.50, 0): (139.20, 159.70),
    (50, 30.25, 0, 5.25): (139.20, 139.20),
    (50, 0, 20.50, 5.25): (169.45, 189.95),
    (0, 30.25, 20.50, 5.25): (189.20, 209.70),
    (50, 30.25, 20.50, 5.25): (139.20, 159.70),
    # the marketplace knows no tax, and pays none
    (100, 92.50, 20.50, 0): (26.95, 47.45),
}


@tagged("post_install", "-at_install")
class TestOrderMoneyTaxes(SettlementCase, OrderLinesCase):
    def setUp(self):
        super().setUp()
        self.vat = self.new_tax("VAT", price_include=False)
        (self.oil | self.rice).taxes_id = self.vat
        self.shops = 0

    def amounts(self, document):
        return tuple(round(amount, 2) for amount in super().amounts(document))

    def take_mix(self, mix):
        """An order of a customer that nobody else has."""
        self.shops += 1
        credit, installments, top_up, discount = mix
        return self.take(
            f"mix-{self.shops}",
            discount,
            cartona_credit=credit,
            installment_cost=installments,
            wallet_top_up=top_up,
            retailer={"retailer_name": "Shop", "retailer_code": f"M{self.shops}"},
        )

    def assert_mix(self, mix, amounts, balance, collected, items):
        order = self.take_mix(mix)
        self.assertEqual(self.amounts(order), amounts)
        self.assertEqual(self.holds(order), [])
        invoice = self.invoice(order)
        invoice.action_post()
        self.assertEqual(self.amounts(invoice), amounts)
        self.assertEqual(round(invoice.amount_residual, 2), balance)
        self.assertEqual(self.items(self.entries(order)), items)
        self.assertEqual(self.owed(order), collected)
        self.assertEqual(round(order.amount_to_collect, 2), collected)

    def test_each_mix_with_the_tax_in_the_price(self):
        for method in METHODS:
            self.env.company.tax_calculation_rounding_method = method
            for mix, (balance, collected, items) in MIXES.items():
                with self.subTest(method=method, mix=mix):
                    self.assert_mix(mix, IN_PRICE, balance, collected, items)

    def test_each_mix_with_the_tax_on_top(self):
        self.config.price_includes_tax = False
        for method in METHODS:
            self.env.company.tax_calculation_rounding_method = method
            for mix, (balance, collected) in MIXES_ON_TOP.items():
                with self.subTest(method=method, mix=mix):
                    # what the marketplace owes and is owed knows nothing of the tax
                    self.assert_mix(mix, ON_TOP, balance, collected, MIXES[mix][2])

    def test_a_piastre_lies_between_the_two_ways_to_round(self):
        # 10.25 x 0.14 = 1.435: twice 1.44, or 2.87 in all; 20.50 + 2.88 - 5
        for included, method, total, collected in (
            (False, "round_per_line", 23.38, 18.38),
            (False, "round_globally", 23.37, 18.37),
            (True, "round_per_line", 20.50, 15.50),
            (True, "round_globally", 20.50, 15.50),
        ):
            with self.subTest(included=included, method=method):
                self.config.price_includes_tax = included
                self.env.company.tax_calculation_rounding_method = method
                order = self.order_of(
                    ("MPT-OIL", 1, 10.25), ("MPT-RICE", 1, 10.25), cartona_credit=5
                )
                order.action_confirm()
                self.assertEqual(round(order.amount_to_collect, 2), collected)
                invoice = self.invoice(order)
                invoice.action_post()
                self.assertEqual(self.amounts(order)[2], total)
                self.assertEqual(self.amounts(invoice)[2], total)
                self.assertEqual(round(invoice.amount_residual, 2), collected)

    def test_an_invoice_comes_to_what_its_order_comes_to(self):
        self.new_pack(self.oil, 7)
        self.new_pack(self.tea, 7)
        self.tea.taxes_id = self.new_fixed_tax(0.1, price_include=False)
        # (lines, what they come to with the tax in the price, with the tax on top)
        cases = {
            # 40.50 x 0.14 = 5.67
            "taxed": ([("MPT-OIL", 3, 7), ("MPT-RICE", 3, 6.5)], 40.50, 46.17),
            # 62.50 x 0.14 = 8.75
            "packed": ([("MPT-OIL#7", 3, 10), ("MPT-RICE", 1, 32.5)], 62.50, 71.25),
            # seven pieces at 10.00 with 0.10 of duty on each are two lines; 10 x 0.14 = 1.40
            "split": ([("MPT-TEA#7", 1, 10), ("MPT-OIL#7", 1, 10)], 20.00, 22.10),
        }
        for included in (True, False):
            self.config.price_includes_tax = included
            for method in METHODS:
                self.env.company.tax_calculation_rounding_method = method
                for name, (lines, inside, on_top) in cases.items():
                    with self.subTest(name, included=included, method=method):
                        order = self.order_of(*lines)
                        order.action_confirm()
                        invoice = self.invoice(order)
                        invoice.action_post()
                        total = inside if included else on_top
                        self.assertEqual(self.amounts(order)[2], total)
                        self.assertEqual(self.amounts(invoice), self.amounts(order))

    def test_credit_is_compared_with_what_the_marketplace_reckons(self):
        self.config.price_includes_tax = False
        for credit, holds in ((192.50, []), (192.51, ["absurd_money"]), (200, ["absurd_money"])):
            with self.subTest(credit):
                self.receive(self.order(f"ord-{credit}", cartona_credit=credit))
                order = self.sale_orders().filtered(
                    lambda one, name=f"ord-{credit}": one.cartona_id == name
                )
                self.assertEqual(self.amounts(order), ON_TOP)
                self.assertEqual(self.holds(order), holds)

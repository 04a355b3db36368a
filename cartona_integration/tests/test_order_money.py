# The money of an order: what the driver collects, what the marketplace owes us and we owe it, for
# each mix of payments, and what nobody can mean.
from odoo.tests import tagged

from .inbound_common import InboundCase

# The order comes to 2 x 80 + 1 x 32.50 = 192.50; the marketplace bears 5.25 of each of the two.
# credit, installments, top-up, discount:
# (to collect, owed to us, owed by us, how it is paid, code needed)
MIXES = {
    (0, 0, 0, 0): (192.50, 0, 0, "cash", False),
    (50, 0, 0, 0): (142.50, 50, 0, "credit", False),
    (0, 30.25, 0, 0): (162.25, 30.25, 0, "installment", True),
    (0, 0, 20.50, 0): (213.00, 0, 20.50, "top_up", True),
    (50, 30.25, 0, 0): (112.25, 80.25, 0, "credit_installment", True),
    (50, 0, 20.50, 0): (163.00, 50, 20.50, "credit_top_up", True),
    (0, 30.25, 20.50, 0): (182.75, 30.25, 20.50, "installment_top_up", True),
    (50, 30.25, 20.50, 0): (132.75, 80.25, 20.50, "credit_installment_top_up", True),
    (0, 0, 0, 5.25): (192.50, 10.50, 0, "cash", False),
    (50, 0, 0, 5.25): (142.50, 60.50, 0, "credit", False),
    (0, 30.25, 0, 5.25): (162.25, 40.75, 0, "installment", True),
    (0, 0, 20.50, 5.25): (213.00, 10.50, 20.50, "top_up", True),
    (50, 30.25, 0, 5.25): (112.25, 90.75, 0, "credit_installment", True),
    (50, 0, 20.50, 5.25): (163.00, 60.50, 20.50, "credit_top_up", True),
    (0, 30.25, 20.50, 5.25): (182.75, 40.75, 20.50, "installment_top_up", True),
    (50, 30.25, 20.50, 5.25): (132.75, 90.75, 20.50, "credit_installment_top_up", True),
    # all of it on credit
    (192.50, 0, 0, 0): (0, 192.50, 0, "credit", False),
    (192.50, 0, 20.50, 0): (20.50, 192.50, 20.50, "credit_top_up", True),
}


@tagged("post_install", "-at_install")
class TestOrderMoney(InboundCase):
    def take(self, remote_id="ord-1", discount=None, **values):
        element = self.order(remote_id, **values)
        if discount:
            element["order_details"][0]["applied_cartona_discount"] = discount
        self.receive(element)
        return self.sale_orders().filtered(lambda order: order.cartona_id == remote_id)

    def test_each_mix_of_payments(self):
        for number, (mix, expected) in enumerate(MIXES.items()):
            credit, installments, top_up, discount = mix
            with self.subTest(mix):
                order = self.take(
                    f"ord-{number}",
                    discount,
                    cartona_credit=credit,
                    installment_cost=installments,
                    wallet_top_up=top_up,
                )
                self.assertEqual(
                    (
                        order.amount_to_collect,
                        order.amount_due_from_marketplace,
                        order.amount_due_to_marketplace,
                        order.payment_kind,
                        order.requires_otp,
                    ),
                    expected,
                )
                self.assertFalse(order.marketplace_holds)

    def test_the_other_spelling_and_a_text_count_too(self):
        order = self.take(wallet_topup="20.50", applied_supplier_rebate=7)
        self.assertEqual((order.wallet_top_up, order.supplier_rebate), (20.50, 7))
        # a rebate that nobody can explain is shown, and reckoned with nowhere
        self.assertEqual(order.amount_to_collect, 213.00)

    def test_what_staff_change_counts(self):
        order = self.take(discount=5.25, cartona_credit=50)
        order.order_line[0].write({"product_uom_qty": 1, "price_unit": 80})
        # 80 + 32.50 - 50 at the door; 50 and the discount of one from the marketplace
        self.assertEqual(order.amount_to_collect, 62.50)
        self.assertEqual(order.amount_due_from_marketplace, 55.25)

    def test_what_the_customer_changes_counts(self):
        order = self.take(cartona_credit=50)
        self.take(cartona_credit=20, installment_cost=10, status="approved")
        self.assertEqual(order.amount_to_collect, 162.50)
        self.assertEqual(order.payment_kind, "credit_installment")

    def test_a_discount_on_packs_is_one_for_each_pack(self):
        self.listing(self.oil).pack_qty = 12
        element = self.order()
        element["order_details"][0] |= {
            "amount": 2,
            "selling_price": 900,
            "applied_supplier_discount": 4,
            "applied_cartona_discount": 5.25,
        }
        self.receive(element)
        order = self.sale_orders()
        line = order.order_line[0]
        self.assertEqual((line.product_uom_qty, line.marketplace_pack), (2, 12))
        self.assertEqual((line.supplier_discount, line.marketplace_discount), (4, 5.25))
        # two packs of twelve
        self.assertEqual(order.amount_due_from_marketplace, 10.50)
        line.product_uom_qty = 1
        self.assertEqual(order.amount_due_from_marketplace, 5.25)

    def test_money_that_cannot_be_meant_holds_the_order(self):
        for number, (money, held) in enumerate(
            (
                ({"cartona_credit": 192.50}, False),
                ({"cartona_credit": 192.51}, True),
                ({"cartona_credit": 100, "installment_cost": 92.51}, True),
                ({"cartona_credit": -1}, True),
                ({"installment_cost": -0.01}, True),
                ({"wallet_top_up": -5}, True),
                ({"wallet_top_up": 5000}, False),
                ({"applied_supplier_rebate": -1}, True),
            )
        ):
            with self.subTest(money):
                order = self.take(f"ord-{number}", **money)
                self.assertEqual(order.marketplace_holds, "absurd_money" if held else False)

    def test_the_hold_goes_with_its_reason(self):
        order = self.take(cartona_credit=500)
        self.assertEqual(order.marketplace_holds, "absurd_money")
        self.take(cartona_credit=50, status="approved")
        self.assertFalse(order.marketplace_holds)
        explained = self.env["marketplace.api"]._explain("absurd_money")
        self.assertIn("can't be right", explained)

    def test_no_other_order_has_anything_to_do_with_it(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Somebody"}).id,
                "order_line": [(0, 0, {"product_id": self.oil.id, "product_uom_qty": 1})],
            }
        )
        self.assertFalse(order.payment_kind)
        self.assertFalse(order.requires_otp)
        self.assertEqual(order.amount_to_collect, 0)
        self.assertEqual(order.amount_due_from_marketplace, 0)

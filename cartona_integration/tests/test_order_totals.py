# Totals that differ, prices of nothing, and products that can't be sold: an order waits for a
# person, who is told why. The order's own total is 192.50.
from odoo.tests import tagged

from .order_lines_common import OrderLinesCase

LINES = ("MPT-OIL", 2, 80), ("MPT-RICE", 1, 32.5)


@tagged("post_install", "-at_install")
class TestOrderTotals(OrderLinesCase):
    def test_a_piastre_a_line_is_nothing(self):
        for total, held in (
            (192.5, []),
            (192.51, []),
            (192.48, []),
            (192.47, ["total_differs"]),
            (192.53, ["total_differs"]),
            (193.5, ["total_differs"]),
            (0, ["total_differs"]),
        ):
            with self.subTest(total=total):
                order = self.order_of(*LINES, total=total)
                self.assertEqual((self.holds(order), order.amount_total), (held, 192.5))
                self.assertEqual(bool(order.marketplace_total_note), bool(held))

    def test_both_totals_are_said(self):
        order = self.order_of(*LINES, total=193.5)
        self.assertEqual((order.state, order.marketplace_total), ("draft", 193.5))
        self.assertIn("193.50", order.marketplace_total_note)
        self.assertIn("192.50", order.marketplace_total_note)

    def test_a_total_that_is_not_told_is_that_of_the_lines(self):
        order = self.order_of(*LINES, total_price=None)
        self.assertEqual((self.holds(order), order.marketplace_total), ([], 192.5))

    def test_it_is_over_once_somebody_has_corrected_the_order(self):
        order = self.order_of(*LINES, total=172.5)
        self.assertEqual(self.holds(order), ["total_differs"])
        order.order_line[0].price_unit = 70.0
        self.receive({"hashed_id": order.cartona_id, "status": "approved"}, kind="status")
        self.assertEqual((self.holds(order), order.marketplace_total_note), ([], False))

    def test_a_rebate_matters_where_totals_differ(self):
        order = self.order_of(*LINES, applied_supplier_rebate=5)
        self.assertEqual(self.holds(order), [])
        order = self.order_of(*LINES, total=187.5, applied_supplier_rebate=5)
        self.assertEqual(self.holds(order), ["total_differs", "rebate"])
        self.receive({"hashed_id": order.cartona_id, "status": "approved"}, kind="status")
        self.assertEqual(self.holds(order), ["total_differs", "rebate"])

    def test_a_price_of_nothing(self):
        order = self.order_of(("MPT-OIL", 2, 80), ("MPT-RICE", 1, 0))
        self.assertEqual(self.holds(order), ["zero_price"])
        order.order_line[1].price_unit = 0.01
        self.receive({"hashed_id": order.cartona_id, "status": "approved"}, kind="status")
        self.assertEqual(self.holds(order), [])

    def test_every_reason_has_its_sentence(self):
        explanations = self.env["marketplace.api"]._get_explanations()
        for code in ("total_differs", "rebate", "zero_price"):
            self.assertIn(code, explanations)

    def test_products_that_can_t_be_sold(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        for code, values, mended in (
            ("product_archived", {"active": False}, {"active": True}),
            ("product_unsold", {"sale_ok": False}, {"sale_ok": True}),
            ("product_company", {"company_id": elsewhere.id}, {"company_id": False}),
        ):
            with self.subTest(code=code):
                self.env["stock.quant"].search([("product_id", "=", self.oil.id)]).sudo().unlink()
                self.oil.write(values)
                event = self.send(*LINES)
                self.assert_quarantined(event, code, self.oil)
                self.assertIn("Oil", event.cause_detail)
                self.oil.write(mended)
                event.action_replay()
                self.take_in()
                self.assertEqual((event.state, event.order_id.amount_total), ("done", 192.5))
                event.order_id.unlink()

    def test_the_order_is_in_the_currency_that_prices_are_told_in(self):
        foreign = self.new_currency(2.0)
        partner = self.order_of(*LINES).partner_id
        partner.property_product_pricelist = self.new_pricelist(currency_id=foreign.id)
        order = self.order_of(*LINES)
        self.assertEqual((order.currency_id, order.amount_total), (self.config.currency_id, 192.5))
        self.config.pricelist_id = self.new_pricelist(currency_id=foreign.id)
        order = self.order_of(*LINES)
        self.assertEqual(order.currency_id, self.config.currency_id)
        self.config.pricelist_id = False
        partner.property_product_pricelist = own = self.new_pricelist(
            currency_id=self.config.currency_id.id
        )
        self.assertEqual(self.order_of(*LINES).pricelist_id, own)

    def test_a_currency_that_is_not_active(self):
        currency = self.config.currency_id
        self.env.cr.execute("UPDATE res_currency SET active = FALSE WHERE id = %s", [currency.id])
        currency.invalidate_recordset()
        event = self.send(*LINES)
        self.assert_quarantined(event, "order_currency_inactive", currency)
        currency.active = True
        event.action_replay()
        self.take_in()
        self.assertEqual(event.order_id.amount_total, 192.5)

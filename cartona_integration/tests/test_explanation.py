# "Why this number?": every step in words, with the number after it, by what the engine computes.
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .http_common import Reply
from .orders_common import OrdersCase
from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestExplanation(OrdersCase, PricesCase):
    def explain(self, listing, user=None):
        listing = listing.with_user(user) if user else listing
        action = listing.action_explain()
        return self.env[action["res_model"]].browse(action["res_id"])

    def steps(self, lines):
        return [(line.words, line.number) for line in lines]

    def test_each_step_of_the_price(self):
        currency = self.new_currency(rate=0.05)
        pricelist = self.new_pricelist(
            {"compute_price": "fixed", "fixed_price": 3.33}, currency_id=currency.id
        )
        self.config.pricelist_id = pricelist
        self.oil.taxes_id = self.new_tax("VAT 14%", price_include=False)
        self.go_live()
        pack = self.listing(self.oil)
        pack.pack_qty = 12
        explanation = self.explain(pack)
        rule = pricelist.item_ids.display_name
        # 3.33 / 0.05 = 66.6; × 12 = 799.2; × 1.14 = 911.088
        self.assertEqual(
            self.steps(explanation.price_line_ids)[1:],
            [
                (f"Converted from {currency.name} at today's rate", "66.6"),
                ("Times 12 pieces in a pack", "799.2"),
                ("With tax: VAT 14%", "911.09"),
            ],
        )
        [words, number] = self.steps(explanation.price_line_ids)[0]
        self.assertIn(rule, words)
        self.assertEqual(number, "3.33")
        self.assertEqual(explanation.price_now, "911.09")
        # What was confirmed is the price of a piece: 66.6 × 1.14 = 75.924
        self.assertEqual(explanation.price_there, "75.92")
        self.assertEqual(explanation.price_source, self.config.name)

    def test_each_step_of_the_stock(self):
        self.set_stock(self.oil, 147)
        self.new_order((self.oil, 7))
        self.config.write(
            {
                "stock_buffer": 10,
                "stock_share": 50,
                "stock_cap": 5,
                "warehouse_ids": self.warehouse.ids,
            }
        )
        self.go_live()
        pack = self.listing(self.oil)
        self.assertEqual(pack.sent_stock, 5)
        pack.pack_qty = 12
        explanation = self.explain(pack)
        self.assertEqual(
            self.steps(explanation.stock_line_ids),
            [
                (f"On hand and not reserved: {self.warehouse.name}", "157"),
                ("Less 7 that marketplace orders need and nothing is reserved for", "150"),
                ("Less 10 kept back", "140"),
                ("Of that, 50 %", "70"),
                ("In packs of 12", "5.8333"),
                ("Rounded down", "5"),
            ],
        )
        self.assertEqual((explanation.stock_now, explanation.stock_there), ("5", "5"))
        pack.pack_qty = 1
        lines = self.steps(self.explain(pack).stock_line_ids)
        self.assertEqual(lines[-1], ("At most 5", "5"))

    def test_the_exception_that_holds_is_named(self):
        self.go_live()
        listing = self.listing(self.oil)
        category = self.env["product.category"].create({"name": "Oils"})
        self.oil.categ_id = category
        self.env["marketplace.policy"].create(
            {"config_id": self.config.id, "category_id": category.id, "own_stock": True}
        )
        self.env["marketplace.policy"].create(
            {
                "config_id": self.config.id,
                "listing_id": listing.id,
                "own_prices": True,
                "fixed_price": 70.0,
            }
        )
        explanation = self.explain(listing)
        self.assertEqual(explanation.stock_source, "Oils")
        self.assertEqual(explanation.price_source, listing.display_name)
        self.assertEqual(
            self.steps(explanation.price_line_ids), [("Fixed price of this listing", "70")]
        )

    def test_what_is_held_says_why(self):
        self.go_live()
        self.oil.list_price = 0.0
        explanation = self.explain(self.listing(self.oil))
        self.assertIn("zero or below", explanation.message)
        self.assertEqual((explanation.price_now, explanation.stock_now), ("held back", "10"))

    def test_a_price_that_waits_for_a_manager_says_so_and_what_was_confirmed_last(self):
        self.go_live()
        self.config.price_change_limit = 20.0
        self.oil.list_price = 200.0
        listing = self.listing(self.oil)
        for _look in ("before the engine's", "after it"):
            explanation = self.explain(listing)
            self.assertEqual(explanation.price_now, "held back until a manager approves it")
            self.assertIn("more than this connection lets through", explanation.message)
            self.assertEqual(explanation.price_there, "80")
            self.assertEqual(self.steps(explanation.price_line_ids), [("Sales price", "200")])
            self.flush()
        listing.action_approve_price()
        explanation = self.explain(listing)
        self.assertEqual(explanation.price_now, "200")
        self.assertFalse(explanation.message)

    def test_a_price_that_a_manager_rejected_says_so(self):
        self.go_live()
        self.config.price_change_limit = 20.0
        self.oil.list_price = 200.0
        self.flush()
        self.listing(self.oil).action_reject_price()
        explanation = self.explain(self.listing(self.oil))
        self.assertEqual(explanation.price_now, "held back")
        self.assertIn("rejected", explanation.message)

    def test_what_was_confirmed_before_an_answer_was_lost_is_certain_no_longer(self):
        self.go_live()
        self.stub.answer_always(Reply({}, 500))
        self.oil.list_price = 90.0
        self.set_stock(self.oil, 5)
        self.flush()
        explanation = self.explain(self.listing(self.oil))
        self.assertEqual(explanation.price_there, "80, no longer certain")
        self.assertEqual(explanation.stock_there, "10, no longer certain")

    def test_what_was_never_confirmed_says_so(self):
        self.config.stock_mode = "off"
        self.go_live()
        explanation = self.explain(self.listing(self.oil))
        self.assertEqual((explanation.price_there, explanation.stock_there), ("80", "nothing yet"))

    def test_what_is_not_offered_says_so(self):
        self.go_live()
        self.oil.sale_ok = False
        explanation = self.explain(self.listing(self.oil))
        self.assertIn("not offered", explanation.message)
        self.assertFalse(explanation.price_line_ids)

    def test_what_has_no_end_says_so(self):
        self.config.stock_unlimited = True
        self.go_live()
        explanation = self.explain(self.listing(self.oil))
        self.assertEqual(
            (explanation.stock_now, explanation.stock_there), ("without end", "without end")
        )

    def test_a_user_without_rights_on_stock_and_pricelists_can_ask(self):
        self.config.pricelist_id = self.new_pricelist()
        self.go_live()
        user = self.new_user("curious", "user")
        explanation = self.explain(self.listing(self.oil), user)
        self.assertEqual((explanation.price_now, explanation.stock_now), ("80", "10"))

    def test_nobody_else_can(self):
        self.go_live()
        stranger = self.new_user("stranger")
        with self.assertRaises(AccessError):
            self.explain(self.listing(self.oil), stranger)

# What keeps orders from being confirmed, by anybody and on any road; who is asked about it, once;
# and how it ends: by itself, or by the button Release.
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .stages_common import StagesCase

SALES = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestOrderHolds(StagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(cls.env, "mp_seller", groups=SALES)
        cls.config.user_id = cls.seller

    def hold_for(self, *codes):
        """As if this were found in every order's content."""
        found = list(codes)
        holds = type(self.env["marketplace.order.holds"])
        self.patch(holds, "_find", lambda _self, _config, _order, _remote: list(found))
        return found

    def test_an_order_that_is_edited_can_be_confirmed_by_nobody(self):
        order = self.new_order()
        self.decide(self.tell("editing"))
        with self.assertRaisesRegex(UserError, "is changing this order on the marketplace"):
            order.with_user(self.seller).action_confirm()
        with self.assertRaisesRegex(UserError, "is changing this order"):
            order.with_user(self.seller).action_release_hold()
        self.assertEqual((order.state, order.marketplace_holds), ("draft", "editing"))
        self.decide(self.tell("pending"))
        order.with_user(self.seller).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_one_held_order_among_several_keeps_all_quotations(self):
        order = self.new_order()
        other = order.copy()
        self.let_be(order, "editing")
        with self.assertRaisesRegex(UserError, order.name):
            (other | order).with_user(self.seller).action_confirm()
        self.assertEqual(set((other | order).mapped("state")), {"draft"})

    def test_an_order_is_held_until_it_is_known_which_version_is_newer(self):
        order = self.new_order()
        event = self.edit(lines={"1": 7}, status="pending")
        self.assertEqual(
            (event.cause_code, order.marketplace_holds), ("undecided", "newer_version")
        )
        self.assertIn("The marketplace's own list decides", order.marketplace_hold_reason)
        shown = self.env["marketplace.inbox"].search(order.action_open_untaken()["domain"])
        self.assertEqual(shown, self.events())
        with self.assertRaises(UserError):
            order.with_user(self.seller).action_confirm()
        event.action_ignore()
        self.assertFalse(order.marketplace_holds)
        self.assertFalse(self.asked(order))

    def test_an_order_is_held_while_its_edit_waits_for_a_person(self):
        self.config.confirm_policy = "always"
        self.let_be(self.new_order(), "editing")
        order = self.sale_orders()
        order.with_context(disable_cancel_warning=True).action_cancel()
        order.action_draft()
        details = self.order()["order_details"]
        details[0]["internal_product_id"] = "MPT-SALT"
        event = self.edit(order_details=details)
        self.assertEqual(event.cause_code, "product_unknown")
        self.assertEqual((order.state, order.marketplace_holds), ("draft", "newer_version"))
        self.new_product("MPT-SALT", 80.0)
        self.flush()
        event.action_replay()
        self.take_in()
        self.assertEqual((event.state, order.marketplace_holds), ("done", False))
        # nothing holds it any more, and the marketplace has accepted it
        self.assertEqual(order.state, "sale")

    def test_one_activity_says_what_is_the_matter_and_goes_with_it(self):
        found = self.hold_for("zero_price")
        order = self.new_order()
        self.assertEqual(self.asked(order).user_id, self.seller)
        found.append("total_differs")
        self.edit(lines={"1": 3, "2": 1})
        activity = self.asked(order)
        self.assertEqual(len(activity), 1)
        self.tell("assigned_to_salesman")
        self.assertEqual(self.asked(order), activity)
        self.assertEqual(order.marketplace_holds, "zero_price,total_differs")
        found.clear()
        self.decide(self.edit(lines={"1": 4, "2": 1}, status="assigned_to_salesman"))
        self.assertFalse(self.asked(order))
        self.assertEqual((order.state, order.marketplace_holds), ("sale", False))

    def test_a_status_alone_ends_no_reason_that_lies_in_the_content(self):
        self.hold_for("zero_price")
        order = self.new_order()
        self.decide(self.tell("editing"))
        self.assertEqual(order.marketplace_holds, "editing,zero_price")
        self.decide(self.tell("pending"))
        self.assertEqual(order.marketplace_holds, "zero_price")

    def test_a_person_releases_an_order_and_it_is_noted_who(self):
        self.hold_for("zero_price")
        order = self.new_order()
        theirs = order.with_user(self.seller)
        self.assertTrue(theirs.is_hold_releasable)
        with self.assertRaisesRegex(UserError, "press Release"):
            theirs.action_confirm()
        theirs.action_release_hold()
        note = order.message_ids[0]
        self.assertEqual(note.author_id, self.seller.partner_id)
        self.assertIn("Released in spite of this", note.body)
        self.assertEqual((order.state, order.marketplace_holds), ("draft", False))
        self.assertFalse(self.asked(order))
        theirs.action_confirm()
        self.assertEqual(order.state, "sale")
        # the same order again, with another status
        self.edit()
        self.assertEqual((order.marketplace_status, order.marketplace_holds), ("approved", False))

    def test_what_was_released_is_confirmed_as_the_policy_wants(self):
        self.config.confirm_policy = "always"
        self.hold_for("zero_price")
        order = self.new_order()
        self.assertEqual(order.state, "draft")
        order.with_user(self.seller).action_release_hold()
        self.assertEqual(order.state, "sale")

    def test_what_was_released_holds_again_once_the_order_is_another_one(self):
        found = self.hold_for("zero_price")
        order = self.new_order()
        order.action_release_hold()
        self.decide(self.tell("editing"))
        self.assertEqual(order.marketplace_holds, "editing")
        self.assertEqual(found, ["zero_price"])
        self.decide(self.edit(lines={"1": 9}, status="pending"))
        self.assertEqual(order.marketplace_holds, "zero_price")

    def test_an_order_with_a_placeholder_is_released_by_nobody(self):
        self.hold_for("placeholder", "zero_price")
        order = self.new_order()
        order.with_user(self.seller).action_release_hold()
        self.assertEqual(order.marketplace_holds, "placeholder")
        self.assertFalse(order.is_hold_releasable)
        with self.assertRaises(UserError):
            order.with_user(self.seller).action_confirm()

    def test_what_holds_an_order_is_written_by_no_one_else(self):
        order = self.new_order()
        self.let_be(order, "editing")
        with self.assertRaises(AccessError):
            order.with_user(self.seller).marketplace_holds = False
        with self.assertRaises(AccessError):
            order.with_user(self.seller).write({"marketplace_released": "editing"})

    def test_who_may_not_change_orders_releases_none(self):
        self.hold_for("zero_price")
        order = self.new_order()
        with self.assertRaises(AccessError):
            order.with_user(self.new_user("mp_none", "user")).action_release_hold()

    def test_orders_that_wait_are_found_by_the_filter(self):
        order = self.new_order()
        filters = self.env.ref("cartona_integration.sale_order_view_search").arch
        self.assertIn("[('marketplace_holds', '!=', False)]", filters)
        domain = [("marketplace_holds", "!=", False), ("id", "=", order.id)]
        self.assertFalse(order.search(domain))
        self.let_be(order, "editing")
        self.assertEqual(order.search(domain), order)

    def test_without_a_salesperson_those_are_asked_who_are_named_else_managers(self):
        self.config.user_id = False
        self.hold_for("zero_price")
        order = self.new_order()
        self.assertIn(self.env.ref("base.user_admin"), self.asked(order).user_id)
        self.config.notify_user_ids = self.seller
        self.receive(self.order("ord-2"))
        [second] = self.sale_orders() - order
        self.assertEqual(self.asked(second).user_id, self.seller)

    def test_reasons_are_said_in_the_language_of_whoever_is_asked(self):
        self.env["res.lang"]._activate_lang("ar_001")
        addon = self.env["ir.module.module"].search([("name", "=", "cartona_integration")])
        addon._update_translations(["ar_001"])
        self.seller.lang = "ar_001"
        order = self.new_order()
        self.decide(self.tell("editing"))
        self.assertRegex(self.asked(order).note, "[\u0621-\u064a]")

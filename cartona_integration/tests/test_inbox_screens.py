# Who sees what of the inbox and of the orders that came by it, and what may be done about an event.
# People without the marketplace's groups find Odoo as it was.
from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError
from odoo.release import version_info
from odoo.tests.common import new_test_user, tagged

from .inbound_common import InboundCase

SALES = "sales_team.group_sale_salesman_all_leads"
USER, MANAGER = (f"cartona_integration.group_marketplace_{name}" for name in ("user", "manager"))
FORMS = {
    ("sale.order", "sale.view_order_form"): {"cartona_id", "marketplace_status"},
    ("res.partner", "base.view_partner_form"): {"cartona_id", "marketplace_order_count"},
}
LISTS = {
    ("sale.order", xml_id): {"marketplace_config_id", "cartona_id", "marketplace_status"}
    for xml_id in ("sale.view_order_tree", "sale.view_quotation_tree")
}
SEARCHES = {
    ("sale.order", "sale.view_sales_order_filter"): {"cartona_id", "from_marketplace"},
    ("sale.order", "sale.sale_order_view_search_inherit_quotation"): {
        "cartona_id",
        "from_marketplace",
    },
    ("res.partner", "base.view_res_partner_filter"): {"cartona_id", "marketplace_customers"},
}
VIEWS = [(FORMS, "form"), (LISTS, "tree" if version_info < (18,) else "list"), (SEARCHES, "search")]
OURS = ("cartona", "marketplace")


@tagged("post_install", "-at_install")
class TestInboxScreens(InboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(cls.env, "mp_outsider", groups=SALES)
        cls.clerk = new_test_user(cls.env, "mp_clerk", groups=f"{SALES},{USER}")
        cls.manager = new_test_user(cls.env, "mp_manager", groups=f"{SALES},{MANAGER}")

    def names(self, user, model, xml_id, kind):
        """The names of a view's nodes that a user gets, of those that are ours."""
        view_id = self.env.ref(xml_id).id
        arch = self.env[model].with_user(user).get_view(view_id, kind)["arch"]
        names = {node.get("name") or "" for node in etree.fromstring(arch).iter("field", "filter")}
        return {name for name in names if name.startswith(OURS) or name == "from_marketplace"}

    def buttons(self, user, model, kind="form"):
        arch = self.env[model].with_user(user).get_view(view_type=kind)["arch"]
        return {node.get("name") for node in etree.fromstring(arch).iter("button")}

    def quarantine(self, remote_id="ord-1", **values):
        """An event about a product that nobody here knows."""
        lines = [
            {"id": "1", "internal_product_id": "MPT-OIL", "amount": 2, "selling_price": 80},
            {"id": "2", "internal_product_id": "NEW-1", "product_name": "عدس", "amount": 1,
             "selling_price": 9},
            {"id": "3", "supplier_product_id": "77", "product_name": "Beans", "amount": 1,
             "selling_price": 9},
        ]  # fmt: skip
        [event] = self.receive(self.order(remote_id, order_details=lines, **values))
        self.assertEqual(event.state, "quarantined", event.cause_detail)
        return event

    def test_orders_and_customers_say_what_the_marketplace_calls_them(self):
        for views, kind in VIEWS:
            for (model, xml_id), wanted in views.items():
                self.assertEqual(self.names(self.clerk, model, xml_id, kind), wanted, xml_id)

    def test_without_the_groups_nothing_is_new(self):
        for views, kind in VIEWS:
            for model, xml_id in views:
                self.assertFalse(self.names(self.outsider, model, xml_id, kind), xml_id)
        menus = self.env["ir.ui.menu"].with_user(self.outsider)._visible_menu_ids()
        self.assertNotIn(self.env.ref("cartona_integration.menu_marketplace_inbox").id, menus)

    def test_without_the_groups_no_event_is_read(self):
        event = self.quarantine().with_user(self.outsider)
        for call in (
            lambda: event.read(["payload"]),
            lambda: event.search([]),
            lambda: event.get_inbox_action(),
            lambda: event.action_replay_chosen(),
            lambda: event.action_open_products(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_clerk_decides_and_a_manager_fetches_too(self):
        deciding = {"action_replay", "action_ignore", "action_open_order", "action_open_cause"}
        self.assertLessEqual(deciding, self.buttons(self.clerk, "marketplace.inbox"))
        asking = {"action_ask"}
        self.assertFalse(asking & self.buttons(self.clerk, "marketplace.inbox"))
        self.assertLessEqual(asking, self.buttons(self.manager, "marketplace.inbox"))
        fetching = {"action_pull_orders", "action_open_fetch"}
        self.assertFalse(fetching & self.buttons(self.clerk, "marketplace.config"))
        self.assertLessEqual(
            fetching | {"action_open_inbox"}, self.buttons(self.manager, "marketplace.config")
        )

    def test_every_field_of_the_screens_is_read_by_a_clerk(self):
        event = self.quarantine().with_user(self.clerk)
        for model, record in (("marketplace.inbox", event), ("marketplace.config", self.config)):
            for kind in ("form", VIEWS[1][1]):
                view = self.env[model].with_user(self.clerk).get_view(view_type=kind)
                names = [node.get("name") for node in etree.fromstring(view["arch"]).iter("field")]
                own = [name for name in names if name in record._fields]
                self.assertTrue(record.with_user(self.clerk).read(own))

    def test_an_event_names_its_customer_and_every_unknown_product(self):
        event = self.quarantine().with_user(self.clerk)
        self.assertEqual(event.customer_name, "بقالة الأمانة")
        self.assertEqual(event.unknown_lines, "NEW-1 · عدس\n77 · Beans")
        self.assertEqual(event.remedy, "product")
        self.assertIn('\n  "hashed_id": "ord-1",\n', event.readable)
        self.assertIn("enter this identity as its Internal Reference.", event.advice)
        self.assertEqual(
            event.action_open_products()["context"],
            {"show_cartona_id": True, "default_name": "عدس", "default_default_code": "NEW-1"},
        )

    def test_where_products_go_by_their_number_the_cartona_id_says_which_is_meant(self):
        self.config.identity_source = "variant_id"
        event = self.quarantine().with_user(self.clerk)
        self.assertIn("enter this identity as its Cartona ID.", event.advice)
        self.assertEqual(event.action_open_products()["context"]["default_cartona_id"], "NEW-1")

    def test_an_event_that_is_no_order_is_shown_all_the_same(self):
        for element in ([], "x", {"hashed_id": "ord-2", "retailer": 7, "order_details": [None]}):
            [event] = self.receive(element)
            self.assertEqual((event.state, event.customer_name), ("quarantined", False))
            self.assertTrue(event.readable)

    def test_the_buttons_fit_what_keeps_an_event_waiting(self):
        [done] = self.receive(self.order())
        self.assertEqual((done.remedy, done.can_replay, done.can_ignore), (False, False, False))
        waiting = self.quarantine("ord-2")
        for code, remedy in (
            ("foreign_supplier", "connection"),
            ("observed", "connection"),
            ("two_versions", "ask"),
            ("crashed", False),
            ("refused_by_odoo", False),
        ):
            waiting.sudo().cause_code = code
            self.assertEqual(waiting.remedy, remedy, code)
        self.assertTrue(waiting.can_replay and waiting.can_ignore)
        waiting.action_ignore()
        self.assertEqual((waiting.can_replay, waiting.can_ignore), (True, False))

    def test_an_order_that_changed_after_its_confirmation_leads_to_it(self):
        self.receive(self.order())
        order = self.sale_orders()
        order.action_confirm()
        [event] = self.receive(self.order(status="cancelled_by_retailer"))
        self.assertEqual((event.state, event.remedy), ("quarantined", "record"))
        action = event.with_user(self.clerk).action_open_cause()
        self.assertEqual((action["res_model"], action["res_id"]), ("sale.order", order.id))

    def test_of_many_chosen_events_those_that_wait_are_decided_about(self):
        [done] = self.receive(self.order())
        chosen = done | self.quarantine("ord-2") | self.quarantine("ord-3")
        message = chosen.with_user(self.clerk).action_replay_chosen()["params"]["message"]
        self.assertEqual(message, "2 of 3 events are being dealt with again.")
        self.assertEqual(chosen.mapped("state"), ["done", "received", "received"])
        self.take_in()
        message = chosen.with_user(self.clerk).action_ignore_chosen()["params"]["message"]
        self.assertEqual(message, "2 of 3 events are ignored.")
        self.assertEqual(chosen.mapped("state"), ["done", "ignored", "ignored"])
        title = done.with_user(self.clerk).action_replay_chosen()["params"]["title"]
        self.assertEqual(title, "Nothing to decide")

    def test_groups_by_cause_are_headed_by_words(self):
        self.quarantine()
        self.receive(self.order("ord-2"))
        old = {"fields": []} if version_info < (19,) else {"aggregates": ["__count"]}
        events = self.env["marketplace.inbox"].with_user(self.clerk)
        groups = events.web_read_group(
            domain=[("config_id", "=", self.config.id)], groupby=["cause_code"], **old
        )["groups"]
        self.assertEqual(
            {group["cause_code"] for group in groups},
            {
                "A line is about a product that this Odoo does not know by that identity; the "
                "details say which",
                "Nothing to explain",
            },
        )

    def test_the_menu_leads_to_what_needs_attention(self):
        action = self.env["marketplace.inbox"].with_user(self.clerk).get_inbox_action()
        self.assertTrue(action["context"]["search_default_attention"])
        self.assertTrue(action["context"]["one_connection"])
        self.config.copy()
        action = self.env["marketplace.inbox"].with_user(self.clerk).get_inbox_action()
        self.assertFalse(action["context"]["one_connection"])

    def test_what_needs_attention_is_the_same_to_the_filter_and_to_the_alerts(self):
        arch = self.env["marketplace.inbox"].get_view(view_type="search")["arch"]
        [attention] = etree.fromstring(arch).xpath("//filter[@name='attention']")
        self.assertEqual(
            literal_eval(attention.get("domain")),
            self.env["marketplace.inbox"]._get_attention_domain(),
        )

    def test_the_connection_counts_what_needs_attention(self):
        config = self.config.with_user(self.clerk)
        self.assertEqual((config.inbox_attention_count, config.inbox_received_count), (0, 0))
        self.assertFalse(config.action_open_inbox()["context"]["search_default_attention"])
        self.quarantine("ord-2")
        # comes before its order, and needs nobody
        self.receive({"hashed_id": "ord-3", "status": "approved"}, kind="status")
        self.config.action_pause()
        self.receive(self.order("ord-4"))
        self.env.invalidate_all()
        self.assertEqual((config.inbox_attention_count, config.inbox_received_count), (1, 1))
        self.assertTrue(config.action_open_inbox()["context"]["search_default_attention"])

    def test_the_connection_says_when_the_marketplace_was_last_asked(self):
        config = self.config.with_user(self.clerk)
        self.assertFalse(config.last_poll_at)
        self.poll()
        poll = self.env["marketplace.poll"].search([("config_id", "=", self.config.id)])
        self.assertEqual(config.last_poll_at, poll.started_at)
        self.assertEqual(config.poll_failures, 0)

    def test_another_company_s_events_are_invisible(self):
        event = self.quarantine()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env, "mp_stranger", groups=MANAGER, company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )  # fmt: skip
        events = self.env["marketplace.inbox"].with_user(stranger)
        self.assertFalse(events.search([("id", "=", event.id)]))
        for call in (
            lambda: events.browse(event.id).read(["remote_id"]),
            lambda: events.browse(event.id).action_ignore_chosen(),
            lambda: events.browse(event.id).action_replay(),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(event.state, "quarantined")

    def test_the_event_of_a_deleted_quotation_can_be_replayed(self):
        [event] = self.receive(self.order())
        self.assertFalse(event.can_replay)
        self.sale_orders().unlink()
        self.env.invalidate_all()
        self.assertTrue(event.can_replay)
        event.action_replay_chosen()
        self.take_in()
        self.assertEqual(len(self.sale_orders()), 1)
        self.assertFalse(event.can_replay)

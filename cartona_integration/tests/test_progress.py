# How far a connection is in step: what the form shows while a catalogue is on its way.
from odoo.exceptions import AccessError
from odoo.tests.common import HttpCase, tagged

from .http_common import Reply
from .outbound_common import ACCEPTED, OutboundCase


@tagged("post_install", "-at_install")
class TestProgress(OutboundCase):
    def progress(self):
        self.env.cr.flush()
        found = self.config.get_sync_progress()
        return found["state"], found["confirmed"], found["troubled"], found["waiting"]

    def pause(self):
        """As a person does while a call is under way."""
        self.config.action_pause()
        self.env.flush_all()

    def test_nothing_listed_is_nothing_to_show(self):
        self.assertEqual(self.config.get_sync_progress()["total"], 0)

    def test_products_wait_until_the_marketplace_confirms_them(self):
        self.stub = self.start_marketplace()
        self.stub.answer_always(ACCEPTED)
        self.config._set_state("connected")
        self.config.action_go_live()
        self.assertEqual(self.progress(), ("running", 0, 0, 3))
        self.flush()
        self.assertEqual(self.progress(), ("done", 3, 0, 0))

    def test_the_second_look_at_a_new_product_is_nothing_that_waits(self):
        self.stub = self.start_marketplace()
        self.stub.answer_always(ACCEPTED)
        self.config._set_state("connected")
        self.config.action_go_live()
        self.flush()
        self.make_due(301)
        self.assertTrue(self.due_shards())
        self.assertEqual(self.progress(), ("done", 3, 0, 0))
        self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_a_comparison_counts_each_product_once(self):
        self.go_live()
        self.config.action_sync_all()
        self.assertEqual(self.progress(), ("running", 0, 0, 3))
        self.oil.list_price = 81.0
        self.assertEqual(self.progress(), ("running", 0, 0, 3))
        self.flush()
        self.assertEqual(self.progress(), ("done", 3, 0, 0))

    def test_what_needs_a_person_is_counted_apart(self):
        self.go_live()
        self.oil.list_price = 0.0
        self.flush()
        self.assertEqual(self.progress(), ("done", 2, 1, 0))
        action = self.config.action_open_troubled()
        troubled = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(troubled, self.listing(self.oil))

    def test_pausing_stops_before_the_next_call_and_going_live_goes_on(self):
        self.go_live()
        self.config.batch_size = 1
        for product in (self.oil, self.rice, self.tea):
            product.list_price += 1
        self.stub.decide(lambda _request: self.pause())
        self.flush()
        self.assertEqual(len(self.sent()), 1)
        self.assertEqual(self.progress(), ("stopped", 1, 0, 2))
        self.stub.decide(lambda _request: None)
        self.config.action_go_live()
        self.flush()
        self.assertEqual(sum(map(len, self.sent())), 2)
        self.assertEqual(self.progress(), ("done", 3, 0, 0))

    def test_a_call_that_is_under_way_when_somebody_pauses_is_still_awaited(self):
        self.go_live()
        self.oil.list_price = 81.0
        seen = []

        def pause_and_look(_request):
            self.pause()
            seen.append(self.config.get_sync_progress())

        self.stub.decide(pause_and_look)
        self.flush()
        seen.append(self.config.get_sync_progress())
        self.assertEqual(
            [(one["state"], one["waiting"], one["is_calling"]) for one in seen],
            [("stopped", 1, True), ("done", 0, False)],
        )

    def test_pausing_stops_the_halves_of_a_refused_batch(self):
        many = [self.new_product(f"MPT-H{number:02}", 5.0) for number in range(16)]
        self.go_live()
        for product in many:
            product.list_price = 6.0

        def refuse_and_pause(_request):
            self.pause()
            return Reply({"message": "no"}, 422)

        self.stub.decide(refuse_and_pause)
        self.flush()
        self.assertEqual(len(self.sent()), 1)
        self.assertEqual(self.progress(), ("stopped", 3, 0, 16))

    def test_who_may_not_see_the_connection_is_told_nothing(self):
        stranger = self.new_user("mp_stranger")
        with self.assertRaises(AccessError):
            self.config.with_user(stranger).get_sync_progress()


@tagged("post_install", "-at_install")
class TestProgressTour(HttpCase):
    def test_the_form_shows_how_far_it_is(self):
        config = self.env["marketplace.config"].create(
            {
                "name": "Progress",
                "company_id": self.env.ref("base.user_admin").company_id.id,
                "scope_domain": "[('default_code', '=like', 'MPT-%')]",
            }
        )
        products = self.env["product.product"].create(
            [{"name": f"Jar {number}", "default_code": f"MPT-J{number}"} for number in range(4)]
        )
        listings = self.env["marketplace.listing"].create(
            [
                {"config_id": config.id, "product_id": product.id, "identity": product.default_code}
                for product in products
            ]
        )
        syncs = self.env["marketplace.listing.sync"]
        syncs._store_status(listings[:3].ids, "in_step")
        syncs._store_trouble(listings[3].id, "held", "held_price")
        self.start_tour(
            f"/web#model=marketplace.config&view_type=form&id={config.id}",
            "marketplace_progress_tour",
            login="admin",
        )

# What comes of an answer that is none, or no: nothing is lost, nothing is believed without proof,
# and one bad item is nobody else's trouble.
import json

from odoo.tests.common import tagged

from .http_common import Reply
from .outbound_common import ACCEPTED, OutboundCase


def results(*verdicts):
    """A bulk answer per item, in the order of the items."""
    return Reply(
        {
            "results": [
                {"index": index, "success": not verdict}
                | ({"error": verdict, "message": "said so"} if verdict else {})
                for index, verdict in enumerate(verdicts)
            ]
        }
    )


@tagged("post_install", "-at_install")
class TestOutboundFaults(OutboundCase):
    def setUp(self):
        super().setUp()
        self.go_live()

    def change_price(self, product, price):
        product.list_price = price
        self.env.cr.flush()

    def test_a_server_error_is_tried_again_with_what_is_true_then(self):
        self.stub.will_answer(Reply({}, 503))
        self.change_price(self.oil, 81.0)
        self.assertGreaterEqual(self.flush(), 1)
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 81.0}}])
        self.change_price(self.oil, 82.0)
        self.make_due()
        self.assertEqual(self.flush(), 0)
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 82.0}}])
        self.assertFalse(self.marks())

    def test_a_price_that_may_have_arrived_is_undone_when_it_was_taken_back(self):
        for fault in (Reply({}, 500), Reply(b"<html>"), Reply({}, fault="reset")):
            self.change_price(self.oil, 81.0)
            self.stub.will_answer(fault)
            self.flush()
            self.sent()
            self.change_price(self.oil, 80.0)
            self.make_due()
            self.flush()
            self.assertEqual(self.sent()[0]["MPT-OIL"]["selling_price"], 80.0)
            self.make_due()
            self.flush()
            self.sent()

    def test_pauses_grow_while_the_marketplace_is_away(self):
        self.change_price(self.oil, 81.0)
        pauses = []
        for _try in range(6):
            self.stub.will_answer(Reply({}, 503))
            pauses.append(self.flush())
            self.make_due()
        self.assertTrue(all(a <= b * 2.1 for a, b in zip(pauses, pauses[1:], strict=False)), pauses)
        self.assertGreaterEqual(pauses[-1], 16)
        self.assertLessEqual(max(pauses), 61)

    def test_a_rate_limit_stops_every_shard_until_then(self):
        self.stub.will_answer(Reply({}, 429, {"Retry-After": "40"}))
        self.change_price(self.oil, 81.0)
        self.assertEqual(self.flush(), 41)
        self.sent()
        for product in (self.oil, self.rice, self.tea):
            self.change_price(product, 99.0)
        self.assertGreater(self.flush(), 30)
        self.assertEqual(self.sent(), [])
        self.make_due(50)
        self.flush()
        self.assertEqual(set(self.sent_once()), {"MPT-OIL", "MPT-RICE", "MPT-TEA"})

    def test_a_lost_answer_is_followed_by_a_second_word_a_minute_later(self):
        self.config.timeout = 1
        self.stub.will_answer(Reply(fault="silence"))
        self.change_price(self.oil, 81.0)
        self.flush()
        self.sent()
        self.env.cr.execute("UPDATE marketplace_pace SET wait_until = NULL")
        self.env.invalidate_all()
        self.flush()
        everything = {
            "selling_price": 81.0,
            "available_stock_quantity": 10,
            "is_published": True,
            "is_unlimited_stock": False,
        }
        self.assertEqual(self.sent(), [{"MPT-OIL": everything}])
        self.assertEqual(self.marks().mapped("kind"), ["sure"])
        self.make_due(61)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": everything}])
        self.assertFalse(self.marks())

    def test_what_a_killed_flush_had_claimed_is_said_again_whatever_it_was(self):
        self.change_price(self.oil, 81.0)
        self.claim(self.oil)
        self.change_price(self.oil, 80.0)
        self.flush()
        self.assertEqual(self.sent()[0]["MPT-OIL"]["selling_price"], 80.0)

    def test_what_was_confirmed_after_a_loss_is_said_once_more_only_at_the_end(self):
        self.change_price(self.oil, 81.0)
        self.claim(self.oil)
        self.flush()
        everything = {
            "selling_price": 81.0,
            "available_stock_quantity": 10,
            "is_published": True,
            "is_unlimited_stock": False,
        }
        self.assertEqual(self.sent(), [{"MPT-OIL": everything}])
        self.env["marketplace.outbox"]._mark("price", "product", self.oil.ids)
        self.flush()
        self.assertEqual(self.sent(), [])
        self.change_price(self.oil, 82.0)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 82.0}}])
        self.make_due(61)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": everything | {"selling_price": 82.0}}])
        self.assertFalse(self.marks())

    def test_a_refused_item_is_parked_with_its_reason_until_it_changes(self):
        self.change_price(self.oil, 81.0)
        self.stub.will_answer(results("bad price"))
        self.flush()
        oil = self.listing(self.oil)
        self.assertEqual((oil.status, oil.error_detail), ("rejected", "bad price said so"))
        log = self.env["marketplace.sync.log"].search([], limit=1)
        self.assertEqual((log.state, log.error_detail), ("refused", "bad price said so"))
        self.sent()
        self.env["marketplace.outbox"]._mark("price", "product", self.oil.ids)
        self.flush()
        self.assertEqual(self.sent(), [])
        self.change_price(self.oil, 82.0)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 82.0}}])
        self.assertEqual(oil.status, "in_step")

    def test_a_person_can_have_a_refused_item_sent_again(self):
        self.change_price(self.oil, 81.0)
        self.stub.will_answer(results("bad price"))
        self.flush()
        self.sent()
        self.listing(self.oil).action_resend()
        self.flush()
        self.assertEqual(self.sent()[0]["MPT-OIL"]["selling_price"], 81.0)

    def test_sending_again_says_everything(self):
        self.listing(self.oil).action_resend()
        self.flush()
        everything = {
            "selling_price": 80.0,
            "available_stock_quantity": 10,
            "is_published": True,
            "is_unlimited_stock": False,
        }
        self.assertEqual(self.sent(), [{"MPT-OIL": everything}])

    def test_what_was_never_confirmed_is_shown_as_unknown_and_not_as_nothing(self):
        self.stub.answer_always(Reply({}, 503))
        salt = self.new_product("MPT-SALT", 5.0)
        self.flush()
        listing = self.listing(salt)
        self.assertEqual((listing.is_price_known, listing.is_stock_known), (False, False))
        self.stub.answer_always(ACCEPTED)
        self.make_due()
        self.flush()
        self.assertEqual((listing.is_price_known, listing.is_stock_known), (True, True))
        self.assertEqual((listing.sent_price, listing.sent_stock), (5.0, 0))

    def test_a_product_that_is_unknown_there_is_no_error(self):
        self.change_price(self.oil, 81.0)
        self.stub.will_answer(results("unknown_product"))
        self.flush()
        self.assertEqual(self.listing(self.oil).status, "missing")

    def test_in_a_refused_batch_only_the_culprit_is_parked(self):
        products = [self.new_product(f"MPT-N{number}", 10.0 + number) for number in range(12)]
        self.flush()
        self.sent()
        bad = f"MPT-N{5}"

        def refuse_bad(request):
            refused = bad.encode() in request["body"]
            return Reply({"message": "Nothing was changed"}, 422) if refused else None

        self.stub.decide(refuse_bad)
        for product in products:
            product.list_price += 1
        self.flush()
        statuses = {p.default_code: self.listing(p).status for p in products}
        self.assertEqual(statuses.pop(bad), "rejected")
        self.assertEqual(set(statuses.values()), {"in_step"})
        self.assertFalse(self.marks().filtered(lambda mark: mark.claimed_at))

    def test_a_wrong_path_is_nobody_s_fault_among_the_items(self):
        self.stub.will_answer(Reply(b"not here", 404))
        self.change_price(self.oil, 81.0)
        self.assertGreaterEqual(self.flush(), 1)
        self.assertEqual(self.listing(self.oil).status, "waiting")
        self.assertTrue(self.marks())

    def test_a_refused_token_pauses_the_connection_and_calls_the_managers(self):
        manager = self.new_user("mp_called", "manager")
        self.stub.will_answer(Reply({}, 401))
        self.change_price(self.oil, 81.0)
        self.flush()
        self.assertEqual(self.config.state, "paused")
        activity = self.alerts(manager)
        self.assertEqual(activity.summary, "The marketplace connection is paused")
        self.sent()
        self.change_price(self.oil, 82.0)
        self.flush()
        self.assertEqual(self.sent(), [])
        self.config.action_go_live()
        self.flush()
        self.assertEqual(self.sent()[0], {"MPT-OIL": {"selling_price": 82.0}})

    def test_managers_are_called_when_nothing_gets_through_for_long(self):
        manager = self.new_user("mp_called", "manager")
        self.change_price(self.oil, 81.0)
        self.stub.answer_always(Reply({}, 503))
        for _try in range(8):
            self.flush()
            self.make_due()
        activity = self.alerts(manager)
        self.assertEqual(activity.mapped("summary"), ["Nothing gets through to the marketplace"])
        self.assertEqual(self.config.state, "live")

    def test_a_choice_of_products_that_can_t_be_read_waits_for_somebody_to_mend_it(self):
        manager = self.new_user("mp_called", "manager")
        self.env.cr.execute(
            "UPDATE marketplace_config SET scope_domain = %s WHERE id = %s",
            ["[('brand_of_an_app_that_is_gone', '=', 1)]", self.config.id],
        )
        self.env.invalidate_all()
        self.change_price(self.oil, 81.0)
        for _try in range(8):
            self.assertGreaterEqual(self.flush(), 1)
            self.make_due()
        self.assertIn("Choose the products anew", self.alerts(manager).note)
        self.config.scope_domain = "[('default_code', '=like', 'MPT-%')]"
        self.flush()
        self.assertEqual(self.listing(self.oil).sent_price, 81.0)

    def test_a_listing_that_is_deleted_while_it_is_sent_is_no_trouble(self):
        self.change_price(self.oil, 81.0)
        self.change_price(self.tea, 13.0)
        listing = self.listing(self.oil)

        def delete_it(_request):
            self.env.cr.execute("DELETE FROM marketplace_listing WHERE id = %s", [listing.id])

        self.stub.decide(delete_it)
        self.flush()
        self.assertFalse(self.marks())
        self.assertEqual(self.listing(self.tea).sent_price, 13.0)

    def test_a_yes_that_says_no_is_not_believed(self):
        for body in (
            {"error": "fault", "message": "no"},
            {"success": False},
            {"status": "failed"},
            "done",
        ):
            self.change_price(self.oil, self.oil.list_price + 1)
            self.stub.will_answer(Reply(body))
            self.assertGreaterEqual(self.flush(), 1, body)
            self.assertTrue(self.marks(), body)
            log = self.env["marketplace.sync.log"].search([], limit=1)
            self.assertEqual((log.state, log.error_code), ("failed", "unexpected"))
            self.make_due()
            self.flush()

    def test_an_answer_about_other_items_is_not_believed(self):
        self.change_price(self.oil, 81.0)
        self.stub.will_answer(results("", "", ""))
        self.assertGreaterEqual(self.flush(), 1)
        self.assertTrue(self.marks())

    def test_every_shape_of_an_answer_is_read(self):
        for number, body in enumerate(
            (
                {"success": True},
                [{"success": True}],
                {"data": [{"status": "ok"}]},
                {},
                [],
                {"success": True, "results": []},
            )
        ):
            self.change_price(self.oil, 90.0 + number)
            self.stub.will_answer(Reply(body))
            self.flush()
            self.assertFalse(self.marks(), body)
            self.assertEqual(self.listing(self.oil).sent_price, 90.0 + number)

    def test_results_that_name_their_products_are_read_in_any_order(self):
        products = [self.new_product(f"MPT-N{number}", 10.0 + number) for number in range(8)]
        self.flush()

        def answer_backwards(request):
            names = [item["internal_product_id"] for item in json.loads(request["body"])]
            verdicts = [
                {"internal_product_id": name, "success": name != "MPT-N5"} for name in names
            ]
            return Reply({"results": verdicts[::-1]})

        self.stub.decide(answer_backwards)
        for product in products:
            product.list_price += 1
        self.flush()
        refused = [one.default_code for one in products if self.listing(one).status == "rejected"]
        self.assertEqual(refused, ["MPT-N5"])

    def test_words_that_no_database_can_keep_are_kept_without_that(self):
        for body, status in (
            (b'{"results": [{"success": false, "error": "bad\\u0000 price\\ud800"}]}', 200),
            (b'{"message": "bad\\u0000 price\\ud800"}', 422),
        ):
            self.change_price(self.oil, self.oil.list_price + 1)
            self.stub.will_answer(Reply(body, status))
            self.flush()
            self.assertEqual(self.listing(self.oil).status, "rejected")
            self.assertIn("bad price?", self.listing(self.oil).error_detail)
        for body, status in ((b"bad\x00", 500), (b'{"error": "bad\\u0000"}', 200)):
            self.change_price(self.oil, self.oil.list_price + 1)
            self.stub.will_answer(Reply(body, status))
            self.assertGreaterEqual(self.flush(), 1)
            self.make_due()
            self.flush()
            self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_what_a_gateway_gave_up_on_may_still_arrive(self):
        self.stub.will_answer(Reply({}, 504))
        self.change_price(self.oil, 81.0)
        self.flush()
        self.make_due(5)
        self.flush()
        self.assertEqual(self.marks().mapped("kind"), ["sure"])

    def test_observing_computes_and_logs_but_sends_nothing(self):
        self.config.price_mode = "observe"
        self.change_price(self.oil, 81.0)
        self.set_stock(self.oil, 1)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"available_stock_quantity": 11}}])
        log = self.env["marketplace.sync.log"].search([("state", "=", "observed")])
        self.assertIn('"selling_price": 81.0', log.request_body)
        self.assertEqual(self.listing(self.oil).sent_price, 80.0)

    def test_what_is_switched_off_is_not_told(self):
        self.config.stock_mode = "off"
        self.set_stock(self.oil, 1)
        self.flush()
        self.assertEqual(self.sent(), [])

    def test_an_archived_or_deleted_connection_leaves_nothing_behind(self):
        self.change_price(self.oil, 81.0)
        self.config.active = False
        self.flush()
        self.assertFalse(self.marks())
        self.config.active = True
        self.change_price(self.oil, 82.0)
        self.assertTrue(self.marks())
        config_id = self.config.id
        self.config.unlink()
        self.flush()
        left = self.env["marketplace.outbox"].search([("config_id", "=", config_id)])
        self.assertFalse(left)

# The list is read whole before anything is acknowledged, again until it brings nothing new, and its
# troubles cost no order.
import json
from datetime import timedelta
from types import SimpleNamespace

from odoo.tests import tagged

from ..models import marketplace_poll
from .http_common import Reply
from .inbound_common import InboundCase

SALT = [{"id": "1", "internal_product_id": "MPT-SALT", "amount": 1, "selling_price": 3}]


@tagged("post_install", "-at_install")
class TestPoll(InboundCase):
    def list_pages(self, *rounds):
        """Script the list: each round is a list of pages; after the last page come empty ones."""
        pending = [list(pages) for pages in rounds]

        def answer(request):
            if "pull-orders" not in request["path"]:
                return self._answer(request)
            page = int(request["path"].split("page=")[1].split("&")[0])
            if page == 1 and len(self.pages_asked) and len(pending) > 1:
                pending.pop(0)
            self.pages_asked.append(page)
            pages = pending[0]
            return Reply({"orders": pages[page - 1] if page <= len(pages) else []})

        self.pages_asked = []
        self.stub.decide(answer)

    def test_an_empty_list_costs_one_call(self):
        self.assertEqual(self.poll(), 0)
        self.assertEqual(len(self.stub.seen), 1)
        self.assertNotIn("from", self.stub.seen[0]["path"])

    def test_all_pages_are_read_and_the_first_once_more(self):
        self.list_pages([[self.order("a")], [self.order("b")], [self.order("c")]])
        self.poll()
        self.assertEqual(self.pages_asked, [1, 2, 3, 4, 1])
        self.assertEqual(len(self.sale_orders()), 3)

    def test_what_arrives_meanwhile_is_found(self):
        old = [[self.order("a")], [self.order("b")]]
        self.list_pages(old, [[self.order("n")], [self.order("a")], [self.order("b")]])
        self.poll()
        self.assertEqual(self.pages_asked, [1, 2, 3, 1, 2, 1])
        self.assertEqual(sorted(self.sale_orders().mapped("cartona_id")), ["a", "b", "n"])

    def test_a_marketplace_without_pages_is_asked_twice_not_for_ever(self):
        self.stub.decide(
            lambda request: (
                Reply([self.order("a")])
                if "pull-orders" in request["path"]
                else self._answer(request)
            )
        )
        self.poll()
        self.assertEqual(len([one for one in self.stub.seen if "pull" in one["path"]]), 3)
        self.assertEqual(len(self.sale_orders()), 1)

    def test_the_same_answer_is_kept_once(self):
        self.listed = [self.order("a"), {"nonsense": True}, 5]
        for _time in range(3):
            self.poll()
        self.assertEqual(len(self.events()), 3)
        self.assertEqual(self.events().mapped("state"), ["done", "quarantined", "quarantined"])

    def test_what_was_quarantined_is_tried_again_by_the_next_poll(self):
        self.listed = [self.order(order_details=SALT)]
        self.poll()
        event = self.events()
        self.assertEqual((event.state, event.cause_code), ("quarantined", "product_unknown"))
        self.new_product("MPT-SALT", 3.0)
        self.flush()
        self.poll()
        self.assertEqual(event.state, "done")
        self.assertEqual(self.sale_orders().order_line.price_unit, 3.0)
        self.flush()
        self.assertEqual(self.acknowledged(), [["ord-1"]])

    def test_one_bad_order_holds_no_other_back(self):
        bad = self.order("bad", order_details=[{"id": "1", "amount": "many"}])
        self.listed = [bad, *(self.order(f"o{number}") for number in range(5))]
        self.poll()
        self.assertEqual(len(self.sale_orders()), 5)
        self.flush()
        self.assertEqual(sorted(sum(self.acknowledged(), [])), ["o0", "o1", "o2", "o3", "o4"])

    def test_a_refused_acknowledgement_is_made_again(self):
        self.listed = [self.order()]
        self.poll()
        self.stub.decide(
            lambda request: (
                Reply([{"index": 0, "success": False, "error": "busy"}])
                if "status" in request["path"]
                else None
            )
        )
        self.flush()
        self.assertEqual(self.events().ack_refusal, "busy")
        self.stub.decide(self._answer)
        self.events().acked_pull = self.events().create_date.replace(year=2020)
        self.poll()
        self.flush()
        self.assertEqual(self.listed, [])
        self.assertFalse(self.events().ack_refusal)

    def test_what_somebody_ignores_leaves_the_list(self):
        self.listed = [self.order(order_details=[])]
        self.poll()
        self.events().action_ignore()
        self.flush()
        self.assertEqual(self.acknowledged(), [["ord-1"]])

    def test_errors_wait_and_a_refused_token_pauses(self):
        self.stub.will_answer(Reply(status=503))
        self.assertGreater(self.poll(), 0)
        self.env["marketplace.pace"].search([]).unlink()
        self.stub.will_answer(Reply(status=429, headers={"Retry-After": "77"}))
        self.assertEqual(self.poll(), 78)
        self.assertGreater(self.poll(), 70)
        self.assertEqual(len(self.stub.seen), 2)
        self.env["marketplace.pace"].search([]).unlink()
        self.stub.will_answer(Reply(status=401))
        self.assertEqual(self.poll(), 0)
        self.assertEqual(self.config.state, "paused")

    def test_a_page_that_never_comes_is_told_and_holds_nothing_back(self):
        def answer(request):
            if "page=2" in request["path"]:
                return Reply(status=500)
            return self._answer(request)

        self.stub.decide(answer)
        self.listed = [self.order("a")]
        for _time in range(5):
            self.poll()
            self.env["marketplace.pace"].search([]).unlink()
        self.assertEqual(len(self.sale_orders()), 1)
        self.poll()
        admin = self.env.ref("base.user_admin")
        self.assertIn("can't be asked for orders", self.alerts(admin).mapped("summary")[0])

    def test_nothing_is_acknowledged_while_pages_are_unread(self):
        self.listed = [self.order("a")]
        self.poll()
        poll = self.env["marketplace.poll"].search([])
        poll.finished_at = False
        self.flush()
        self.assertEqual(self.acknowledged(), [])
        self.poll()
        self.flush()
        self.assertEqual(self.acknowledged(), [["a"]])

    def test_a_back_fill_asks_from_its_day_on(self):
        self.poll(since="2026-02-01")
        self.assertIn("from=2026-02-01", self.stub.seen[0]["path"])

    def test_the_cron_asks_when_it_is_time(self):
        polls = self.env["marketplace.poll"]
        polls._cron_poll()
        jobs = self.env["queue.job"].search([("method_name", "=", "_job_poll")])
        self.assertEqual(json.loads(json.dumps(jobs.args)), [self.config.id, 1, None, False])
        jobs.unlink()
        self.poll()
        polls._cron_poll()
        self.assertFalse(self.env["queue.job"].search([("method_name", "=", "_job_poll")]))
        self.config.order_mode = "off"
        polls.search([]).started_at = False
        polls._cron_poll()
        self.assertFalse(self.env["queue.job"].search([("method_name", "=", "_job_poll")]))

    def test_what_came_by_webhook_too_is_tried_again_by_the_next_poll(self):
        self.listed = [self.order(order_details=SALT)]
        self.poll()
        self.receive(self.order(order_details=SALT))
        self.new_product("MPT-SALT", 3.0)
        self.flush()
        self.poll()
        self.assertEqual(self.sale_orders().order_line.price_unit, 3.0)
        self.assertFalse(self.events("quarantined", "held", "received"))
        self.flush()
        self.assertEqual(self.acknowledged(), [["ord-1"]])

    def test_what_a_webhook_has_brought_in_meanwhile_is_acknowledged(self):
        self.listed = [self.order(order_details=SALT)]
        self.poll()
        self.new_product("MPT-SALT", 3.0)
        self.flush()
        self.receive(self.order(order_details=SALT))
        self.assertEqual(len(self.sale_orders()), 1)
        self.poll()
        self.flush()
        self.assertEqual(self.acknowledged(), [["ord-1"]])

    def test_who_goes_on_behind_the_last_page_still_looks_at_the_first(self):
        self.list_pages([[self.order("n")], [self.order("a")]])
        self.poll(page=3)
        self.assertEqual(self.pages_asked, [3, 1, 2, 3, 1])
        self.assertEqual(sorted(self.sale_orders().mapped("cartona_id")), ["a", "n"])

    def test_a_list_that_takes_long_is_read_on_and_ends(self):
        """Two full pages of 22 seconds each, and a minute to read in."""
        clock = [0.0]
        asked = []

        def answer(request):
            if "pull-orders" not in request["path"]:
                return self._answer(request)
            page = int(request["path"].split("page=")[1].split("&")[0])
            asked.append(page)
            clock[0] += 22
            return Reply({"orders": [self.order(f"p{page}")] if page <= 2 else []})

        self.stub.decide(answer)
        self.patch(marketplace_poll, "time", SimpleNamespace(monotonic=lambda: clock[0]))
        self.poll()
        self.assertEqual(asked, [1, 2, 3])
        [job] = self.env["queue.job"].search([("method_name", "=", "_job_poll")])
        self.assertEqual(json.loads(json.dumps(job.args)), [self.config.id, 1, None, True])
        self.poll(page=1, is_again=True)
        self.assertEqual(asked, [1, 2, 3, 1])
        self.flush()
        self.assertEqual(sorted(sum(self.acknowledged(), [])), ["p1", "p2"])

    def test_without_a_runner_the_next_minute_goes_on_where_the_last_one_ended(self):
        clock = [0.0]
        asked = []

        def answer(request):
            page = int(request["path"].split("page=")[1].split("&")[0])
            asked.append(page)
            clock[0] += 40
            return Reply({"orders": [self.order(f"p{page}")] if page <= 4 else []})

        self.stub.decide(answer)
        self.patch(marketplace_poll, "time", SimpleNamespace(monotonic=lambda: clock[0]))
        self.env.flush_all()
        with self.as_jobs_would():
            for _minute in range(4):
                self.env["marketplace.poll"]._poll_here(self.config)
                self.env.invalidate_all()
        self.assertEqual(asked, [1, 2, 3, 4, 5, 1])
        self.assertFalse(self.env["marketplace.poll"]._is_reading(self.config))

    def test_what_was_read_seconds_ago_is_read_again_before_it_is_acknowledged(self):
        self.listed = [self.order()]
        self.poll()
        poll = self.env["marketplace.poll"].search([("config_id", "=", self.config.id)])
        poll.finished_at -= timedelta(seconds=6)
        edited = self.order()
        edited["order_details"][0]["amount"] = 5
        self.listed = [edited]
        self.flush()
        self.assertEqual(self.acknowledged(), [])
        self.poll()
        self.flush()
        self.assertEqual(self.acknowledged(), [["ord-1"]])
        self.assertEqual(self.sale_orders().order_line.mapped("product_uom_qty"), [5, 1])

    def test_a_page_without_content_is_an_empty_one(self):
        self.stub.decide(
            lambda request: (
                Reply(status=204) if "page=2" in request["path"] else self._answer(request)
            )
        )
        self.listed = [self.order()]
        self.assertEqual(self.poll(), 0)
        self.assertEqual(len(self.sale_orders()), 1)

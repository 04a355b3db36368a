# Several accounts under one token: asked for once, each order goes to its own.
from odoo.tests import tagged

from .common import TOKEN
from .http_common import Reply
from .inbound_common import InboundCase


@tagged("post_install", "-at_install")
class TestAccounts(InboundCase):
    def setUp(self):
        super().setUp()
        self.config.supplier_code = "1"
        self.wholesale = self.config.copy({"supplier_code": "2", "name": "Wholesale"})
        self.wholesale.write({"api_base_url": self.stub.url, "auth_token": TOKEN})
        self.wholesale._set_state("connected")
        self.wholesale.action_go_live()
        self.flush()
        self.stub.seen.clear()

    def get_takers(self):
        return super().get_takers() | self.wholesale

    def ids_of(self, config):
        orders = self.env["sale.order"].search([("marketplace_config_id", "=", config.id)])
        return sorted(orders.mapped("cartona_id"))

    def test_one_poll_serves_all_accounts_of_a_token(self):
        self.assertEqual(self.env["marketplace.poll"]._get_pollers(), self.config)
        self.listed = [self.order("a"), self.order("b", supplier_code="2")]
        self.poll()
        self.assertEqual(self.ids_of(self.config), ["a"])
        self.assertEqual(self.ids_of(self.wholesale), ["b"])
        self.flush()
        self.assertEqual(sorted(sum(self.acknowledged(), [])), ["a", "b"])

    def test_an_account_that_is_paused_leaves_the_asking_to_the_others(self):
        self.config.action_pause()
        self.assertEqual(self.env["marketplace.poll"]._get_pollers(), self.wholesale)

    def test_a_code_of_nobody_waits_for_somebody(self):
        self.receive(self.order("c", supplier_code="9"))
        event = self.events("quarantined")
        self.assertEqual(event.cause_code, "foreign_supplier")
        self.wholesale.supplier_code = "9"
        event.action_replay()
        self.take_in()
        self.assertEqual(self.ids_of(self.wholesale), ["c"])

    def test_a_status_without_a_code_finds_its_order(self):
        self.receive(self.order("b", supplier_code="2"))
        self.receive({"hashed_id": "b", "status": "approved"}, kind="status")
        order = self.env["sale.order"].search([("cartona_id", "=", "b")])
        self.assertEqual(order.marketplace_status, "approved")

    def test_a_pause_that_one_connection_is_asked_for_holds_for_all_of_the_token(self):
        self.stub.decide(lambda _request: Reply(status=429, headers={"Retry-After": "40"}))
        self.assertEqual(self.poll(), 41)
        self.stub.seen.clear()
        self.oil.list_price = 81.0
        self.assertGreater(self.flush(), 30)
        self.assertEqual(self.stub.seen, [])
        self.stub.decide(lambda _request: None)
        self.make_due(50)
        self.flush()
        told = [call["MPT-OIL"] for call in self.sent()]
        self.assertEqual(
            sorted(told, key=lambda one: one["supplier_code"]),
            [{"selling_price": 81.0, "supplier_code": code} for code in ("1", "2")],
        )

    def test_another_token_shares_nothing(self):
        self.wholesale.action_pause()
        self.wholesale.auth_token = "tok-another-one"
        self.assertEqual(self.config._get_accounts(), self.config)
        self.receive(self.order("d", supplier_code="2"))
        self.assertEqual(self.events("quarantined").cause_code, "foreign_supplier")

    def test_one_order_is_asked_for_where_the_marketplace_can_tell(self):
        self.stub.decide(
            lambda request: (
                Reply(self.order("one"))
                if request["path"].endswith("/order/one")
                else Reply({"message": "no such address"}, 404)
            )
        )
        poll = self.env["marketplace.poll"]
        self.env.flush_all()
        with self.as_jobs_would():
            self.assertIsNone(poll._job_read_one(self.config.id, "one"))
            self.assertEqual(poll._job_read_one(self.config.id, "two"), "not_found")
        self.env.invalidate_all()
        self.take_in()
        self.assertEqual(self.ids_of(self.config), ["one"])

    def test_an_order_stays_where_it_is_when_another_account_gets_its_code(self):
        self.wholesale.action_pause()
        self.wholesale.auth_token = "tok-another-one"
        self.config.supplier_code = False
        self.receive(self.order("b", supplier_code="2"))
        self.config.supplier_code = "1"
        self.wholesale.auth_token = TOKEN
        self.wholesale._set_state("connected")
        self.wholesale.action_go_live()
        self.receive(self.order("b", supplier_code="2", status="approved"))
        self.assertEqual((self.ids_of(self.config), self.ids_of(self.wholesale)), (["b"], []))
        order = self.env["sale.order"].search([("cartona_id", "=", "b")])
        self.assertEqual(order.marketplace_status, "approved")
        self.receive(self.order("c", supplier_code="2"))
        self.assertEqual(self.ids_of(self.wholesale), ["c"])

    def test_a_status_that_comes_before_its_order_waits_for_it(self):
        self.receive({"hashed_id": "b", "status": "cancelled_by_retailer"}, kind="status")
        self.assertEqual(self.events().mapped("cause_code"), ["order_unknown"])
        self.receive(self.order("b", supplier_code="2"))
        self.take_in()
        order = self.env["sale.order"].search([("cartona_id", "=", "b")])
        self.assertEqual((order.marketplace_config_id, order.state), (self.wholesale, "cancel"))
        self.assertFalse(self.events("held", "quarantined", "received"))

    def test_a_blank_makes_no_other_code(self):
        self.config.supplier_code = " 1 "
        self.assertEqual(self.config.supplier_code, "1")
        self.receive(self.order("a"))
        self.assertEqual(self.ids_of(self.config), ["a"])

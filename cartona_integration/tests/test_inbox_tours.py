# The inbox in a real browser, and over real RPC: an order about an unknown product is found, mended
# and replayed until its quotation is there; nobody changes what has arrived.
import xmlrpc.client

from odoo.tests.common import new_test_user, tagged
from odoo.tools import mute_logger

from .inbound_common import InboundCase
from .tour_common import TourCase

EXPECTED_NOISE = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")
GROUPS = {
    "mp_nobody": "base.group_user,sales_team.group_sale_salesman",
    "mp_user": "cartona_integration.group_marketplace_user",
    "mp_manager": "cartona_integration.group_marketplace_manager",
}


@tagged("post_install", "-at_install")
class TestInboxTours(TourCase, InboundCase):
    def receive_unknown(self):
        line = {
            "id": "1",
            "internal_product_id": "MPT-LENTILS",
            "product_name": "Lentils",
            "amount": 3,
            "selling_price": 45,
        }
        [event] = self.receive(self.order("ord-77", order_details=[line]))
        return event

    def test_an_order_about_an_unknown_product_is_mended_and_taken_in(self):
        product = self.new_product("OLD-CODE", 45.0, name="Brown lentils")
        event = self.receive_unknown()
        self.start_menu_tour("inbox_mend")
        self.assertEqual(product.default_code, "MPT-LENTILS")
        self.flush()
        self.tour("inbox_replay", event)
        self.assertEqual(event.state, "received")
        self.take_in()
        self.assertEqual(event.state, "done", event.cause_detail)
        self.tour("inbox_order", event)

    def start_menu_tour(self, name):
        """Let the administrator begin at the menu, as people do."""
        self.env.flush_all()
        self.start_tour("/web", f"marketplace_{name}_tour", login="admin")
        self.env.invalidate_all()

    def rpc(self, login, method, *args):
        """One call to the inbox over RPC: its answer, or the fault it ended in."""
        uid = self.env["res.users"].search([("login", "=", login)]).id
        try:
            with mute_logger(*EXPECTED_NOISE):
                return self.xmlrpc_object.execute_kw(
                    self.env.cr.dbname, uid, f"{login}-pw", "marketplace.inbox", method, args
                )
        except xmlrpc.client.Fault as fault:
            return fault

    def test_over_rpc_people_decide_but_change_nothing_of_an_event(self):
        for login, groups in GROUPS.items():
            new_test_user(self.env, login, groups=groups, password=f"{login}-pw")
        event = self.receive_unknown()
        before = event.read()
        for login in GROUPS:
            for call in (
                ("write", event.ids, {"payload": "{}"}),
                ("write", event.ids, {"state": "done"}),
                ("create", {"payload": "{}", "remote_id": "ord-78"}),
                ("unlink", event.ids),
                ("_set_state", event.ids, "done"),
                ("_receive", self.config.id, "order", [{}], "webhook"),
            ):
                fault = self.rpc(login, *call)
                self.assertIsInstance(fault, xmlrpc.client.Fault, f"{login}: {call}")
        for method in ("action_replay", "action_ignore", "action_replay_chosen"):
            fault = self.rpc("mp_nobody", method, event.ids)
            self.assertIsInstance(fault, xmlrpc.client.Fault, method)
        self.env.invalidate_all()
        self.assertEqual(event.read(), before)
        self.assertIs(self.rpc("mp_user", "action_replay", event.ids), True)
        self.env.invalidate_all()
        self.assertEqual(event.state, "received")

# "Map now": what a person says about a product that nobody knew holds from then on, never takes a
# name from another product, and lets in just the orders that wait for it.
import json

from odoo.exceptions import AccessError, UserError
from odoo.release import version_info
from odoo.tests.common import new_test_user, tagged

from ..compat import LINE_UNIT
from .inbound_common import InboundCase

# whoever may change products
KEEPER = "sales_team.group_sale_manager" + (
    "" if version_info < (19,) else ",product.group_product_manager"
)
USER = "cartona_integration.group_marketplace_user"
STRANGE = {
    "id": "9",
    "internal_product_id": "STRANGE-1",
    "supplier_product_id": "77",
    "product_name": "عدس بني ٥٠٠ جم",
    "amount": 2,
    "selling_price": 20.0,
}


class MappingCase(InboundCase):
    def setUp(self):
        super().setUp()
        self.lentils = self.new_product("OUT-LENTILS", 20.0, name="Brown lentils")

    def strange(self, remote_id="ord-1", **values):
        """An order of oil, rice, and something that nobody knows."""
        order = self.order(remote_id, total_price=232.5)
        order["order_details"].append(STRANGE | values)
        return order

    def open_dialog(self, record, user=None):
        action = record.with_user(user or self.env.user).action_map_products()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        return dialog.with_user(user or self.env.user)

    def map(self, record, product, pack_qty=1.0, user=None):
        """Choose a product for everything unknown of an order, and let the jobs run."""
        dialog = self.open_dialog(record, user)
        dialog.line_ids.write({"product_id": product.id, "pack_qty": pack_qty})
        dialog.action_map()
        self.take_in()

    def state(self, event):
        return event.state, event.cause_code

    def lines(self, remote_id="ord-1"):
        order = self.sale_orders().filtered(lambda one: one.cartona_id == remote_id)
        return {line.marketplace_line: line for line in order.order_line}


@tagged("post_install", "-at_install")
class TestMapping(MappingCase):
    def test_a_mapped_product_lets_every_order_in_that_waits_for_it_and_no_other(self):
        [first] = self.receive(self.strange())
        [second] = self.receive(self.strange("ord-2"))
        other = {"internal_product_id": "STRANGE-2", "supplier_product_id": "78"}
        [third] = self.receive(self.strange("ord-3", **other))
        dialog = self.open_dialog(first)
        dialog.line_ids.product_id = self.lentils
        dialog.action_map()
        tried = self.env["marketplace.inbox"].union(*self.run_jobs("_job_retry"))
        self.assertEqual(tried, first | second)
        self.take_in()
        self.assertEqual([first.state, second.state], ["done", "done"])
        self.assertEqual(self.state(third), ("quarantined", "product_unknown"))
        line = self.lines("ord-2")["9"]
        self.assertEqual(
            (line.product_id, line.product_uom_qty, line.price_unit), (self.lentils, 2.0, 20.0)
        )

    def test_the_next_order_finds_it_by_either_of_its_names(self):
        [event] = self.receive(self.strange())
        self.map(event, self.lentils)
        for number, left in enumerate(("internal_product_id", "supplier_product_id"), 2):
            [later] = self.receive(self.strange(f"ord-{number}", **{left: None}))
            self.assertEqual(later.state, "done", left)
        self.assertFalse(self.lentils.cartona_id)

    def test_packs_are_sold_as_packs(self):
        [event] = self.receive(self.strange(unit="box", unit_count=12, selling_price=240.0))
        dialog = self.open_dialog(event)
        self.assertEqual(dialog.line_ids.unit, "box × 12")
        dialog.line_ids.write(dialog.line_ids.get_choice(self.lentils.id))
        # 240 a box is twelve times the 20 of a piece
        self.assertEqual(dialog.line_ids.pack_qty, 12.0)
        self.assertEqual(dialog.line_ids.becomes, f"2 × 12 {self.lentils.uom_id.name}")
        dialog.action_map()
        self.take_in()
        line = self.lines()["9"]
        self.assertEqual((line.product_uom_qty, line.price_unit), (2.0, 240.0))
        # two boxes of twelve
        move_quantity = line[LINE_UNIT]._compute_quantity(2.0, self.lentils.uom_id)
        self.assertEqual(move_quantity, 24.0)

    def test_what_is_one_piece_by_its_price_is_taken_for_one(self):
        [event] = self.receive(self.strange(unit="box", unit_count=12, selling_price=21.0))
        choice = self.open_dialog(event).line_ids.get_choice(self.lentils.id)
        self.assertEqual(choice["pack_qty"], 1.0)

    def test_a_name_is_never_taken_from_another_product(self):
        [event] = self.receive(self.strange())
        self.map(event, self.lentils)
        beans = self.new_product("OUT-BEANS", 9.0, name="Beans")
        for own_id, remote_id in (("STRANGE-1", ""), ("", "77")):
            with self.assertRaisesRegex(UserError, "Brown lentils"):
                self.env["marketplace.inbox"].action_map(
                    self.config.id, own_id, remote_id, beans.id, 1.0
                )
        self.assertFalse(self.listing(beans))

    def test_a_product_with_another_number_there_keeps_it(self):
        self.listing(self.oil).remote_id = "10"
        [event] = self.receive(self.strange())
        with self.assertRaisesRegex(UserError, "number 10 on the marketplace already"):
            self.map(event, self.oil)
        self.assertEqual(self.listing(self.oil).remote_id, "10")

    def test_what_stands_there_under_the_old_name_is_taken_off(self):
        [event] = self.receive(self.strange())
        dialog = self.open_dialog(event)
        dialog.line_ids.product_id = self.tea
        self.assertIn("as MPT-TEA so far", dialog.line_ids.note)
        self.listing(self.tea).is_wanted = True
        self.stub.seen.clear()
        dialog.action_map()
        self.flush()
        told = {}
        for request in self.stub.seen:
            if "bulk-update" in request["path"]:
                for item in json.loads(request["body"]):
                    name = item.get("supplier_product_id") or item["internal_product_id"]
                    told.setdefault(name, {}).update(item)
        self.assertEqual(
            (told["MPT-TEA"]["is_published"], told["MPT-TEA"]["available_stock_quantity"]),
            (False, 0),
        )
        self.assertEqual((told["77"]["is_published"], told["77"]["selling_price"]), (True, 12.25))
        self.assertEqual(self.listing(self.tea).identity, "STRANGE-1")

    def test_what_a_person_said_stays_when_everything_is_looked_at_again(self):
        [event] = self.receive(self.strange())
        self.map(event, self.tea)
        self.flush()
        self.config.action_sync_all()
        self.flush()
        self.assertEqual(self.listing(self.tea).identity, "STRANGE-1")
        self.listing(self.tea).is_mapped = False
        self.flush()
        self.assertEqual(self.listing(self.tea).identity, "MPT-TEA")

    def test_the_name_of_a_deleted_product_goes_on_with_another_one(self):
        salt = self.new_product("MPT-SALT", 3.5)
        self.flush()
        self.listing(salt).remote_id = "55"
        salt.unlink()
        self.flush()
        names = {"internal_product_id": None, "supplier_product_id": "55"}
        [event] = self.receive(self.strange(**names))
        self.assertEqual(self.state(event), ("quarantined", "product_unknown"))
        self.map(event, self.lentils)
        self.assertEqual(event.state, "done", event.cause_detail)
        self.assertEqual(self.lines()["9"].product_id, self.lentils)
        listing = self.listing(self.lentils)
        self.assertEqual((listing.identity, listing.remote_id), ("MPT-SALT", "55"))

    def test_mapping_elsewhere_lets_orders_in_as_well(self):
        [event] = self.receive(self.strange())
        self.lentils.write({"default_code": "MPT-LENTILS", "cartona_id": "STRANGE-1"})
        self.flush()
        self.take_in()
        self.assertEqual(event.state, "done", event.cause_detail)
        [other] = self.receive(self.strange("ord-2", id="10", internal_product_id="STRANGE-3",
                                            supplier_product_id="79"))  # fmt: skip
        self.listing(self.oil).remote_id = "79"
        self.take_in()
        self.assertEqual(other.state, "done", other.cause_detail)

    def test_who_may_neither_map_nor_change_products_may_not_say_what_is_meant(self):
        [event] = self.receive(self.strange())
        clerk = new_test_user(self.env, "mp_clerk", groups=USER)
        keeper = new_test_user(self.env, "mp_keeper", groups=f"{USER},{KEEPER}")
        nobody = new_test_user(self.env, "mp_nobody", groups=KEEPER)
        self.assertEqual([event.with_user(user).can_map for user in (clerk, keeper)], [False, True])
        arguments = (self.config.id, "STRANGE-1", "77", self.lentils.id, 1.0)
        for user in (clerk, nobody):
            with self.assertRaises(AccessError):
                self.env["marketplace.inbox"].with_user(user).action_map(*arguments)
        self.map(event, self.lentils, user=keeper)
        self.assertEqual(event.state, "done")

    def test_only_goods_of_this_company_that_are_for_sale_can_be_meant(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        for values in ({"active": False}, {"sale_ok": False}, {"company_id": company.id}):
            product = self.new_product("X", 1.0, **values)
            with self.assertRaisesRegex(UserError, "Choose goods"):
                self.env["marketplace.inbox"].action_map(
                    self.config.id, "STRANGE-1", "", product.id, 1.0
                )

    def test_an_archived_product_leads_to_it_and_follows_once_it_is_back(self):
        for number, record in enumerate((self.rice, self.rice.product_tmpl_id)):
            record.action_archive()
            [event] = self.receive(self.order(f"ord-{number}"))
            self.assertEqual(self.state(event), ("quarantined", "product_archived"))
            action = event.action_open_cause()
            shown = action["res_model"], action["res_id"]
            self.assertEqual(shown, ("product.product", self.rice.id))
            record.action_unarchive()
            self.take_in()
            self.assertEqual(event.state, "done", record._name)

    def test_a_product_of_another_company_is_not_sold(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["stock.quant"].search([("product_id", "=", self.rice.id)]).sudo().unlink()
        self.rice.company_id = company
        [event] = self.receive(self.order())
        self.assertEqual(self.state(event), ("quarantined", "product_company"))
        self.assertEqual(event.cause_id, self.rice.id)
        self.rice.company_id = False
        self.take_in()
        self.assertEqual(event.state, "done")

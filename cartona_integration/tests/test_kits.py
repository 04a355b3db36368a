# Kits, beside manufacturing: as many as their scarcest part makes, whichever part or bill of
# materials changes. The oil begins with 10 pieces, the rice with 20.
from odoo.tests import tagged

from .orders_common import OrdersCase


@tagged("post_install", "-at_install", "-standard", "neighbours")
class TestKits(OrdersCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.box = cls.new_product("MPT-BOX", 200.0)
        # Of 2 boxes: 4 oil and 6 rice; of one box 2 and 3.
        cls.bom = cls.new_bom(cls.box, 2, (cls.oil, 4), (cls.rice, 6))

    @classmethod
    def new_bom(cls, product, quantity, *parts, kind="phantom"):
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": quantity,
                "type": kind,
                "bom_line_ids": [
                    (0, 0, {"product_id": part.id, "product_qty": taken}) for part, taken in parts
                ],
            }
        )

    def assert_told(self, **stocks):
        self.flush()
        told = {
            f"MPT-{name.upper()}": {"available_stock_quantity": stock}
            for name, stock in stocks.items()
        }
        self.assertEqual(self.sent_once(), told)

    def test_the_scarcest_part_decides(self):
        self.go_live()
        # 10 / 2 = 5, 20 / 3 = 6.67
        self.assertEqual(self.listing(self.box).sent_stock, 5)
        self.set_stock(self.oil, 10)
        # 20 / 2 = 10, 20 / 3 = 6.67
        self.assert_told(oil=20, box=6)
        self.set_stock(self.rice, -11)
        self.assert_told(rice=9, box=3)
        self.set_stock(self.oil, 2)
        self.assert_told(oil=22)

    def test_reserving_a_part(self):
        self.go_live()
        self.reserve(self.oil, 3)
        # 7 / 2 = 3.5
        self.assert_told(oil=7, box=3)

    def test_kits_of_kits(self):
        crate = self.new_product("MPT-CRATE", 900.0)
        self.new_bom(crate, 1, (self.box, 2), (self.tea, 10))
        self.go_live()
        # 10 oil / 4 = 2.5; 20 rice / 6 = 3.3; 30 tea / 10 = 3
        self.assertEqual(self.listing(crate).sent_stock, 2)
        self.set_stock(self.oil, 2)
        # 12 / 4 = 3
        self.assert_told(oil=12, box=6, crate=3)

    def test_a_bill_of_materials_that_changes(self):
        self.go_live()
        line = self.bom.bom_line_ids[0]
        line.product_qty = 8
        # of one box 4: 10 / 4 = 2.5
        self.assert_told(box=2)
        line.unlink()
        # 20 / 3
        self.assert_told(box=6)
        self.bom.product_qty = 1
        # 20 / 6
        self.assert_told(box=3)
        self.bom.bom_line_ids = [(0, 0, {"product_id": self.tea.id, "product_qty": 15})]
        # 30 / 15
        self.assert_told(box=2)
        self.bom.type = "normal"
        # Made and stocked itself, and none is there.
        self.assert_told(box=0)

    def test_a_bill_of_materials_that_goes_and_comes_back(self):
        self.go_live()
        self.bom.active = False
        # Without it the boxes are counted themselves, and none is there.
        self.assert_told(box=0)
        self.bom.active = True
        self.assert_told(box=5)
        self.bom.unlink()
        self.assert_told(box=0)

    def test_a_part_that_arrives_is_counted_or_moved(self):
        self.go_live()
        arriving = self.receive_later(self.oil, 4)
        self.assert_told()
        arriving.quantity = 4
        arriving.picked = True
        arriving._action_done()
        # 14 / 2 = 7, 20 / 3 = 6.67
        self.assert_told(oil=14, box=6)
        quant = self.env["stock.quant"]._gather(self.rice, self.warehouse.lot_stock_id)
        quant.with_context(inventory_mode=True).inventory_quantity = 11
        quant.action_apply_inventory()
        # 11 / 3 = 3.67
        self.assert_told(rice=11, box=3)
        self.env["stock.scrap"].create({"product_id": self.rice.id, "scrap_qty": 1}).do_scrap()
        # 10 / 3 = 3.33
        self.assert_told(rice=10)

    def test_a_new_kit(self):
        self.go_live()
        self.new_bom(self.tea, 1, (self.rice, 4))
        self.assert_told(tea=5)

    def test_a_kit_is_cut_by_the_policy_as_everything_is(self):
        self.config.write({"stock_buffer": 1, "stock_share": 50})
        self.go_live()
        # (5 − 1) / 2
        self.assertEqual(self.listing(self.box).sent_stock, 2)

    def test_a_kit_in_a_marketplace_s_quotation_takes_its_parts(self):
        self.go_live()
        order = self.new_order((self.box, 2))
        # 4 oil and 6 rice are needed: 6 / 2 = 3 and 14 / 3 = 4.67
        self.assert_told(oil=6, rice=14, box=3)
        order.action_confirm()
        self.assert_told()
        order._action_cancel()
        self.assert_told(oil=10, rice=20, box=5)

    def test_parts_in_another_unit(self):
        self.bom.bom_line_ids[0].write(
            {"product_qty": 1, "product_uom_id": self.env.ref("uom.product_uom_dozen").id}
        )
        self.set_stock(self.oil, 20)
        self.go_live()
        # A dozen for two: 30 / 6 = 5
        self.assertEqual(self.listing(self.box).sent_stock, 5)

    def test_a_unit_that_says_nothing_holds_the_kit_and_nothing_else(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mrp_bom_line SET product_uom_id = %s WHERE id = %s",
            [self.env.ref("uom.product_uom_hour").id, self.bom.bom_line_ids[0].id],
        )
        self.env.invalidate_all()
        self.go_live()
        self.assertEqual(self.listing(self.box).status, "held")
        self.assertIn("unit", self.listing(self.box).message)
        self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_parts_that_nobody_counts_do_not_limit(self):
        self.set_stock(self.rice, -20)
        leaflet = self.new_product("LEAFLET", 0.0, **self.uncounted())
        self.bom.bom_line_ids[1].product_id = leaflet
        self.go_live()
        self.assertEqual(self.listing(self.box).sent_stock, 5)

    def uncounted(self):
        if "is_storable" in self.env["product.product"]._fields:
            return {"is_storable": False}
        return {"detailed_type": "consu"}

    def test_a_manufacturing_order(self):
        cake = self.new_product("MPT-CAKE", 50.0)
        self.new_bom(cake, 1, (self.rice, 2), kind="normal")
        self.go_live()
        order = self.env["mrp.production"].create({"product_id": cake.id, "product_qty": 3})
        self.assert_told()
        order.action_confirm()
        order.action_assign()
        # 6 rice are reserved: 14 / 3 = 4.67
        self.assert_told(rice=14, box=4)
        order.qty_producing = 3
        order.move_raw_ids.write({"quantity": 6, "picked": True})
        order.button_mark_done()
        self.assertEqual(order.state, "done")
        self.assert_told(cake=3)

    def test_a_manufacturing_order_that_is_cancelled(self):
        cake = self.new_product("MPT-CAKE", 50.0)
        self.new_bom(cake, 1, (self.rice, 2), kind="normal")
        self.go_live()
        order = self.env["mrp.production"].create({"product_id": cake.id, "product_qty": 3})
        order.action_confirm()
        order.action_assign()
        self.assert_told(rice=14, box=4)
        order.do_unreserve()
        self.assert_told(rice=20, box=5)
        order.action_assign()
        self.assert_told(rice=14, box=4)
        order.action_cancel()
        self.assert_told(rice=20, box=5)

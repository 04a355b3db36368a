# Orders of a marketplace, and moves of stock around them, for the tests of what is on offer.
from ..compat import LINE_UNIT
from .outbound_common import OutboundCase


class OrdersCase(OutboundCase):
    line_unit = LINE_UNIT

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.retailer = cls.env["res.partner"].create({"name": "Corner Shop"})

    def new_warehouse(self, name):
        return self.env["stock.warehouse"].create({"name": name, "code": name[:5].upper()})

    def new_order(self, *lines, unit=None, **values):
        return self.env["sale.order"].create(
            {
                "partner_id": self.retailer.id,
                "marketplace_config_id": self.config.id,
                "warehouse_id": self.warehouse.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            LINE_UNIT: (unit or product.uom_id).id,
                        },
                    )
                    for product, quantity in lines
                ],
                **values,
            }
        )

    def new_move(self, product, quantity, source, target):
        values = {"name": product.name} if "name" in self.env["stock.move"]._fields else {}
        move = self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "product_uom": product.uom_id.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                **values,
            }
        )
        move._action_confirm()
        return move

    def reserve(self, product, quantity):
        customers = self.env.ref("stock.stock_location_customers")
        move = self.new_move(product, quantity, self.warehouse.lot_stock_id, customers)
        move._action_assign()
        return move

    def receive_later(self, product, quantity):
        suppliers = self.env.ref("stock.stock_location_suppliers")
        return self.new_move(product, quantity, suppliers, self.warehouse.lot_stock_id)

    def reserved(self, product):
        quants = self.env["stock.quant"]._gather(product, self.warehouse.lot_stock_id)
        return sum(quants.mapped("reserved_quantity"))

# An order that has come as far as a test wants, by what people do: confirmed, picked, shipped,
# invoiced, cancelled.
from .inbound_common import InboundCase

STATUSES = {
    "P": "pending",
    "E": "editing",
    "A": "approved",
    "S": "assigned_to_salesman",
    "D": "delivered",
    "C": "cancelled_by_retailer",
    "M": "cancelled_by_supplier",
    "R": "returned",
}


class StagesCase(InboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        accounts = cls.env["account.account"].with_company(company)
        kinds = {"asset_receivable": {"reconcile": True}, "income": {}}
        made = {
            kind: accounts.create(
                {"name": kind, "code": f"MPT{number}", "account_type": kind, **more}
            )
            for number, (kind, more) in enumerate(kinds.items())
        }
        cls.receivable = made["asset_receivable"]
        cls.env["account.journal"].create(
            {
                "name": "Sales of the tests",
                "type": "sale",
                "code": "MPTS",
                "company_id": company.id,
                "default_account_id": made["income"].id,
                "sequence": -1,
            }
        )
        (cls.oil | cls.rice | cls.tea).property_account_income_id = made["income"]

    def new_order(self, stage="quotation", **values):
        """:return: the sales order, brought to a stage by what people do"""
        self.receive(self.order(**values))
        order = self.sale_orders()[0]
        order.partner_id.property_account_receivable_id = self.receivable
        getattr(self, f"_bring_to_{stage}")(order)
        return order

    def _bring_to_quotation(self, order):
        pass

    def _bring_to_confirmed(self, order):
        order.action_confirm()

    def _bring_to_picking(self, order):
        order.action_confirm()
        order.picking_ids.move_ids.picked = True

    def _bring_to_shipped(self, order):
        self._bring_to_picking(order)
        self.ship(order.picking_ids)

    def _bring_to_invoiced(self, order):
        self._bring_to_shipped(order)
        self.invoice(order).action_post()

    def _bring_to_cancelled(self, order):
        order.with_context(disable_cancel_warning=True).action_cancel()

    def ship(self, transfers):
        transfers.with_context(skip_sms=True).button_validate()
        self.assertEqual(set(transfers.mapped("state")), {"done"})

    def invoice(self, order):
        return order._create_invoices()

    def let_be(self, order, status):
        """As if the marketplace had told this status before."""
        known = self.env["marketplace.order"].search([("order_id", "=", order.id)])
        known.status = status
        order.marketplace_status = status
        if status == "editing":
            order.marketplace_holds = "editing"
        self.env.flush_all()

    def tell(self, status):
        """:return: the event by which the marketplace tells a status alone"""
        told = {"hashed_id": "ord-1", "supplier_code": "1", "status": status}
        [event] = self.receive(told, kind="status")
        return event

    def decide(self, event):
        event.action_replay()
        self.take_in()

    def edit(self, *, lines=None, status="approved", **values):
        """:return: the event by which the marketplace tells other content, {line: amount}"""
        if lines is not None:
            details = {line["id"]: line for line in self.order()["order_details"]}
            tea = {"id": "3", "internal_product_id": "MPT-TEA", "selling_price": 12.25}
            details["3"] = tea
            values["order_details"] = [
                details[number] | {"amount": amount} for number, amount in lines.items()
            ]
        [event] = self.receive(self.order(status=status, **values))
        return event

    def quantities(self, order):
        return {
            line.product_id.default_code: line.product_uom_qty
            for line in order.order_line
            if line.product_uom_qty
        }

    def moved(self, order):
        """What the order's transfers are about, those that are not cancelled."""
        moves = order.picking_ids.move_ids.filtered(lambda move: move.state != "cancel")
        return {move.product_id.default_code: move.product_uom_qty for move in moves}

    def transfers(self, order):
        return sorted(set(order.picking_ids.mapped("state")))

    def asked(self, order, kind="order"):
        """Who has been asked about the order, by the kind of activity."""
        wanted = self.env.ref(f"cartona_integration.mail_activity_{kind}")
        order.invalidate_recordset(["activity_ids"])
        return order.activity_ids.filtered(lambda one: one.activity_type_id == wanted)

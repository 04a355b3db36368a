# Every cell of {status now} × {status that arrives} × {how far the order has come here}, with real
# transfers and invoices: what becomes of the message, of the sales order and of its transfers.
from odoo.tests import tagged

from .stages_common import STATUSES, StagesCase

# A row for each status now, a column for each that arrives, both in the order P E A S D C M R.
# =  known already            <  older than what is known      n  noted, nothing else
# h  held while it is edited  c  confirmed                     x  cancelled
# a  a person is asked, and nothing has changed
# o  noted, and called off: a person is asked to take the goods and the invoice back
# d  noted, and not confirmed: the customer has the goods already, which a person is told
# A capital: the marketplace's list, or a person, had to decide first.
TABLES = {
    "quotation": "=Hccdxxx N=ccdxxx <<=cdxxx <<<=dxxx <<<<=XXX <<<<D=XX <<<<DX=X <<<<DXX=",
    "confirmed": "=Hnnnxxx N=nnnxxx <<=nnxxx <<<=nxxx <<<<=XXX <<<<N=XX <<<<NX=X <<<<NXX=",
    "picking": "=Hnnnxxx N=nnnxxx <<=nnxxx <<<=nxxx <<<<=XXX <<<<N=XX <<<<NX=X <<<<NXX=",
    "shipped": "=Hnnnooo N=nnnooo <<=nnooo <<<=nooo <<<<=OOO <<<<N=OO <<<<NO=O <<<<NOO=",
    "invoiced": "=Hnnnooo N=nnnooo <<=nnooo <<<=nooo <<<<=OOO <<<<N=OO <<<<NO=O <<<<NOO=",
    "cancelled": "=Aaaannn A=aaannn <<=aannn <<<=annn <<<<=NNN <<<<A=NN <<<<AN=N <<<<ANN=",
}
STATES = {"quotation": "draft", "cancelled": "cancel"}
TRANSFERS = {
    "quotation": [], "confirmed": ["assigned"], "picking": ["assigned"], "shipped": ["done"],
    "invoiced": ["done"], "cancelled": [],
}  # fmt: skip
BASKET = {"MPT-OIL": 2.0, "MPT-RICE": 1.0}


@tagged("post_install", "-at_install")
class TestOrderTable(StagesCase):
    def check_table(self, stage):
        order = self.new_order(stage)
        self.assertEqual(self.transfers(order), TRANSFERS[stage])
        for now, row in zip(STATUSES.values(), TABLES[stage].split(), strict=True):
            for arrives, cell in zip(STATUSES.values(), row, strict=True):
                with self.subTest(now=now, arrives=arrives), self.env.cr.savepoint() as undo:
                    self.let_be(order, now)
                    self.check_cell(order, stage, now, arrives, cell)
                    undo.rollback()

    def check_cell(self, order, stage, now, arrives, cell):
        event = self.tell(arrives)
        if cell.isupper():
            self.assertEqual((event.state, event.cause_code), ("held", "undecided"))
            self.assertIn("newer_version", order.marketplace_holds)
            self.decide(event)
        self.assertEqual(
            (event.state, event.cause_code),
            {
                "=": ("done", "duplicate"),
                "<": ("ignored", "stale"),
                "a": ("quarantined", "cancelled_here"),
            }.get(cell.lower(), ("done", False)),
        )
        state = {"c": "sale", "x": "cancel"}.get(cell.lower(), STATES.get(stage, "sale"))
        self.assertEqual(order.state, state)
        is_noted = cell.lower() in "nhcxod"
        self.assertEqual(order.marketplace_status, arrives if is_noted else now)
        self.check_holds(order, now, cell.lower())
        self.check_goods(order, stage, cell.lower())

    def check_holds(self, order, now, cell):
        before = "editing" if now == "editing" else False
        after = {
            "h": "editing", "n": False, "c": False, "x": False, "o": "called_off",
            "d": "already_delivered",
        }.get(cell, before)  # fmt: skip
        if cell == "a":
            after = f"{before},newer_version" if before else "newer_version"
        self.assertEqual(order.marketplace_holds, after)

    def check_goods(self, order, stage, cell):
        self.assertEqual(self.quantities(order), BASKET)
        transfers = TRANSFERS[stage]
        if cell == "x" and transfers:
            transfers = ["cancel"]
        if cell == "c":
            transfers = ["assigned"]
        self.assertEqual(self.transfers(order), transfers)
        gone = transfers in ([], ["cancel"])
        self.assertEqual(self.moved(order), {} if gone else BASKET)
        self.assertEqual(order.invoice_ids.mapped("state"), ["posted"] * (stage == "invoiced"))

    def test_quotations(self):
        self.check_table("quotation")

    def test_confirmed_orders(self):
        self.check_table("confirmed")

    def test_orders_that_are_being_picked(self):
        self.check_table("picking")

    def test_shipped_orders(self):
        self.check_table("shipped")

    def test_invoiced_orders(self):
        self.check_table("invoiced")

    def test_orders_that_are_cancelled_here(self):
        self.check_table("cancelled")

    def test_every_cell_is_told(self):
        for stage, table in TABLES.items():
            self.assertEqual([len(row) for row in table.split()], [8] * 8, stage)

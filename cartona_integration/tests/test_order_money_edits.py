# Money that a customer has told otherwise: written until goods are taken, asked about afterwards,
# as slips are printed and invoices booked by then; and what people did by hand counts as told.
from odoo.tests import tagged

from .stages_common import StagesCase

LATE = ("picking", "shipped", "invoiced")


@tagged("post_install", "-at_install")
class TestOrderMoneyEdits(StagesCase):
    def new_order_on_credit(self, stage):
        """:return: an order of 192.50, 100 of it on credit"""
        return self.new_order(stage, cartona_credit=100)

    def test_it_is_written_until_goods_were_taken(self):
        for stage in ("quotation", "confirmed"):
            with self.subTest(stage=stage), self.env.cr.savepoint() as undo:
                order = self.new_order_on_credit(stage)
                self.assertEqual(order.amount_to_collect, 92.5)
                self.assertEqual(self.edit(cartona_credit=0).state, "done")
                self.assertEqual((order.cartona_credit, order.amount_to_collect), (0.0, 192.5))
                undo.rollback()

    def test_a_person_is_asked_in_words_once_goods_were_taken(self):
        for stage in LATE:
            with self.subTest(stage=stage), self.env.cr.savepoint() as undo:
                order = self.new_order_on_credit(stage)
                event = self.edit(cartona_credit=0, wallet_top_up=20.5)
                self.assertEqual(
                    (event.state, event.cause_code), ("quarantined", "changed_after_confirmation")
                )
                self.assertEqual(
                    event.cause_detail, "Cartona Credit: 100 → 0; Wallet Top-up: 0 → 20.5"
                )
                self.assertEqual((order.cartona_credit, order.wallet_top_up), (100.0, 0.0))
                self.assertEqual(order.marketplace_status, "pending")
                self.assertIn("100 → 0", order.marketplace_hold_reason)
                undo.rollback()

    def test_what_is_not_told_or_the_same_is_not_asked_about(self):
        order = self.new_order_on_credit("picking")
        self.assertEqual(self.edit(note_message="شكرا").state, "done")
        later = self.edit(cartona_credit=100.00, status="delivered", note_message="!")
        self.assertEqual((later.state, order.cartona_credit), ("done", 100.0))

    def test_a_status_alone_changes_no_money(self):
        order = self.new_order_on_credit("shipped")
        told = {"hashed_id": "ord-1", "supplier_code": "1", "status": "delivered"}
        [event] = self.receive(told | {"cartona_credit": 0}, kind="status")
        self.assertEqual((event.state, order.cartona_credit), ("done", 100.0))

    def test_what_was_done_by_hand_takes_the_money_and_the_rest_along(self):
        order = self.new_order_on_credit("picking")
        retailer = self.order()["retailer"] | {"retailer_address": "٩ شارع الجيش"}
        event = self.edit(
            lines={"1": 1, "2": 1},
            cartona_credit=0,
            retailer=retailer,
            note_message="واحدة فقط",
        )
        self.assertEqual(event.state, "quarantined")
        order.order_line[0].product_uom_qty = 1.0
        event.action_ignore()
        # 1 × 80 + 1 × 32.5
        self.assertEqual((order.amount_total, order.marketplace_total), (112.5, 112.5))
        self.assertEqual((order.cartona_credit, order.amount_to_collect), (0.0, 112.5))
        self.assertEqual(order.told_address, "٩ شارع الجيش")
        self.assertEqual(order.marketplace_note, "واحدة فقط")
        self.assertEqual((order.marketplace_status, order.marketplace_holds), ("approved", False))

    def test_what_was_not_done_by_hand_is_found(self):
        order = self.new_order_on_credit("picking")
        event = self.edit(lines={"1": 1, "2": 1}, cartona_credit=0)
        event.action_ignore()
        # 192.5 here, 112.5 there
        self.assertEqual(order.marketplace_holds, "total_differs")

    def test_a_status_that_was_dealt_with_by_hand_changes_nothing_else(self):
        order = self.new_order_on_credit("cancelled")
        event = self.tell("approved")
        self.assertEqual(event.cause_code, "cancelled_here")
        event.action_ignore()
        self.assertEqual((order.marketplace_status, order.marketplace_holds), ("approved", False))
        self.assertEqual(order.cartona_credit, 100.0)

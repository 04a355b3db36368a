# What customers change about an order, and take back, at each stage: carried out while nothing has
# been taken from its shelf, asked of a person afterwards, and never half.
from odoo.tests import tagged

from .stages_common import StagesCase

CANCELLED = "cancelled_by_retailer"
# oil 2 → 5, rice taken off, tea added
LINES = {"1": 5, "3": 4}
EDITED = {"MPT-OIL": 5.0, "MPT-TEA": 4.0}
BASKET = {"MPT-OIL": 2.0, "MPT-RICE": 1.0}
WORDS = "[MPT-OIL] Mpt-Oil: 2 → 5; [MPT-TEA] Mpt-Tea: 0 → 4; [MPT-RICE] Mpt-Rice: 1 → 0"


@tagged("post_install", "-at_install")
class TestOrderEdits(StagesCase):
    def words(self, event):
        return sorted(event.cause_detail.split("; "))

    def test_a_quotation_is_changed_and_then_confirmed(self):
        order = self.new_order()
        event = self.edit(lines=LINES)
        self.assertEqual(event.state, "done")
        self.assertEqual((order.state, len(order.order_line)), ("sale", 2))
        self.assertEqual(self.quantities(order), EDITED)
        self.assertEqual(self.moved(order), EDITED)

    def test_a_confirmed_order_is_changed_with_its_transfer(self):
        order = self.new_order("confirmed")
        transfer = order.picking_ids
        event = self.edit(lines=LINES)
        self.assertEqual(event.state, "done")
        self.assertEqual(self.quantities(order), EDITED)
        self.assertEqual((self.moved(order), order.picking_ids), (EDITED, transfer))
        # 5 × 80 + 4 × 12.25
        self.assertEqual(order.amount_total, 449.0)

    def test_quantities_go_down_and_lines_come_back(self):
        order = self.new_order("confirmed")
        self.edit(lines={"1": 1})
        self.assertEqual(self.moved(order), {"MPT-OIL": 1.0})
        self.edit(lines={"1": 1, "2": 3}, status="assigned_to_salesman")
        self.assertEqual(self.quantities(order), {"MPT-OIL": 1.0, "MPT-RICE": 3.0})
        self.assertEqual(self.moved(order), {"MPT-OIL": 1.0, "MPT-RICE": 3.0})
        # 1 × 80 + 3 × 32.5
        self.assertEqual((order.amount_total, len(order.order_line)), (177.5, 2))

    def test_a_line_of_a_confirmed_order_becomes_another_product(self):
        order = self.new_order("confirmed")
        details = self.order()["order_details"]
        details[1] = details[1] | {"internal_product_id": "MPT-TEA", "selling_price": 12.25}
        self.assertEqual(self.edit(order_details=details).state, "done")
        self.assertEqual(self.quantities(order), {"MPT-OIL": 2.0, "MPT-TEA": 1.0})
        self.assertEqual(self.moved(order), {"MPT-OIL": 2.0, "MPT-TEA": 1.0})

    def test_a_locked_order_is_changed_and_locked_again(self):
        order = self.new_order("confirmed")
        order.action_lock()
        self.assertEqual(self.edit(lines=LINES).state, "done")
        self.assertEqual((self.moved(order), order.locked), (EDITED, True))

    def test_a_locked_order_is_cancelled(self):
        order = self.new_order("confirmed")
        order.action_lock()
        self.tell(CANCELLED)
        self.assertEqual((order.state, self.transfers(order)), ("cancel", ["cancel"]))

    def test_another_address_is_where_the_transfer_goes(self):
        order = self.new_order("confirmed")
        retailer = self.order()["retailer"] | {"retailer_address": "٩ شارع الجيش"}
        self.assertEqual(self.edit(retailer=retailer).state, "done")
        self.assertEqual(order.partner_shipping_id.street, "٩ شارع الجيش")
        self.assertEqual(order.picking_ids.partner_id, order.partner_shipping_id)
        self.assertFalse(order.picking_ids.message_partner_ids & order.partner_shipping_id)

    def test_a_person_is_asked_in_words_once_goods_were_taken(self):
        for stage in ("picking", "shipped", "invoiced"):
            with self.subTest(stage=stage), self.env.cr.savepoint() as undo:
                order = self.new_order(stage)
                transfers = self.transfers(order)
                event = self.edit(lines=LINES)
                self.assertEqual(
                    (event.state, event.cause_code), ("quarantined", "changed_after_confirmation")
                )
                self.assertEqual(self.words(event), sorted(WORDS.split("; ")))
                self.assertEqual((self.quantities(order), self.moved(order)), (BASKET, BASKET))
                self.assertEqual((self.transfers(order), order.state), (transfers, "sale"))
                self.assertIn("2 → 5", order.marketplace_hold_reason)
                undo.rollback()

    def test_another_address_is_asked_about_once_goods_were_taken(self):
        order = self.new_order("picking")
        place = order.partner_shipping_id
        retailer = self.order()["retailer"] | {"retailer_address": "٩ شارع الجيش"}
        event = self.edit(retailer=retailer)
        self.assertEqual(event.cause_detail, "١٢ شارع النصر → ٩ شارع الجيش")
        self.assertEqual(order.partner_shipping_id, place)

    def test_what_changes_nothing_that_is_delivered_is_never_asked_about(self):
        order = self.new_order("shipped")
        self.assertEqual(self.edit(note_message="اتصل قبل الوصول").state, "done")
        self.assertEqual(order.marketplace_status, "approved")

    def test_an_edit_that_was_dealt_with_by_hand_is_not_asked_about_again(self):
        order = self.new_order("shipped")
        event = self.edit(lines=LINES)
        event.action_ignore()
        self.assertEqual(order.marketplace_status, "approved")
        # it was not done by hand, though
        self.assertEqual(order.marketplace_holds, "total_differs")
        later = self.edit(lines=LINES, status="delivered")
        self.assertEqual((later.state, order.marketplace_status), ("done", "delivered"))
        self.assertEqual(self.quantities(order), BASKET)

    def test_an_edit_of_an_order_with_a_drafted_invoice_is_asked_about(self):
        order = self.new_order("confirmed")
        self.invoice(order)
        event = self.edit(lines=LINES)
        self.assertEqual(event.cause_code, "changed_after_confirmation")
        self.assertEqual(self.moved(order), BASKET)

    def test_a_cancellation_takes_the_drafted_invoice_along(self):
        order = self.new_order("confirmed")
        invoice = self.invoice(order)
        self.assertEqual(self.tell(CANCELLED).state, "done")
        self.assertEqual((order.state, invoice.state), ("cancel", "cancel"))
        self.assertEqual(self.transfers(order), ["cancel"])

# Lines of quotations that people delete: they stay deleted, whatever else the customer changes,
# until he changes that very line. The order is oil for 160.00 and rice for 126.00.
from odoo.tests import tagged

from .order_lines_common import OrderLinesCase

OIL, RICE = ("MPT-OIL", 2, 80), ("MPT-RICE", 4, 31.5)


@tagged("post_install", "-at_install")
class TestOrderDeletedLines(OrderLinesCase):
    def setUp(self):
        super().setUp()
        self.config.confirm_policy = "never"
        self.quotation = self.order_of(OIL, RICE)

    def delete(self, product):
        self.quotation.order_line.filtered(lambda line: line.product_id == product).unlink()

    def assert_lines(self, *lines, held=()):
        self.assertEqual(self.lines(self.quotation), list(lines))
        self.assertEqual(self.holds(self.quotation), list(held))

    def test_it_stays_deleted_when_something_else_is_changed(self):
        self.delete(self.oil)
        self.send_again(self.quotation, OIL, RICE, note_message="اتصل قبل الوصول")
        self.assertEqual(self.quotation.marketplace_note, "اتصل قبل الوصول")
        # 286 over there, 126 here
        self.assert_lines((self.rice, 4.0, 31.5), held=["total_differs"])
        self.send_again(self.quotation, OIL, ("MPT-RICE", 5, 31.5))
        self.assert_lines((self.rice, 5.0, 31.5), held=["total_differs"])
        self.assertEqual(self.quotation.state, "draft")

    def test_a_status_tells_nothing_of_lines(self):
        self.delete(self.oil)
        told = {"hashed_id": self.quotation.cartona_id, "status": "editing"}
        self.receive(told, kind="status")
        self.send_again(self.quotation, OIL, RICE, note_message="اتصل")
        self.assertEqual(self.lines(self.quotation), [(self.rice, 4.0, 31.5)])
        self.assertIn("total_differs", self.holds(self.quotation))

    def test_it_comes_back_once_the_customer_changes_it(self):
        self.delete(self.oil)
        self.send_again(self.quotation, ("MPT-OIL", 3, 80), RICE)
        self.assert_lines((self.oil, 3.0, 80.0), (self.rice, 4.0, 31.5))

    def test_it_comes_back_once_the_customer_has_ordered_it_anew(self):
        self.delete(self.rice)
        self.send_again(self.quotation, OIL)
        self.assert_lines((self.oil, 2.0, 80.0))
        self.send_again(self.quotation, OIL, RICE)
        self.assert_lines((self.oil, 2.0, 80.0), (self.rice, 4.0, 31.5))

    def test_what_is_told_of_a_cancelled_order_is_not_what_its_lines_were(self):
        self.quotation.with_context(disable_cancel_warning=True).action_cancel()
        tea = ("MPT-TEA", 1, 12.25)
        self.send_again(self.quotation, OIL, RICE, tea, status="cancelled_by_supplier")
        self.assert_lines((self.oil, 2.0, 80.0), (self.rice, 4.0, 31.5))
        self.quotation.action_draft()
        known = self.env["marketplace.order"].search([("order_id", "=", self.quotation.id)])
        known.write({"status": "pending", "listed_status": "pending"})
        self.send_again(self.quotation, OIL, RICE, tea, note_message="اتصل")
        self.assertEqual(self.lines(self.quotation)[2], (self.tea, 1.0, 12.25))

    def test_a_placeholder_comes_back(self):
        self.config.unknown_product_policy = "placeholder"
        strange = ("STRANGE", 1, 5)
        self.quotation = self.order_of(OIL, strange)
        self.quotation._get_placeholder_lines().unlink()
        self.send_again(self.quotation, OIL, strange, note_message="اتصل")
        self.assertEqual(len(self.quotation._get_placeholder_lines()), 1)
        self.assertIn("placeholder", self.holds(self.quotation))

    def test_a_deleted_line_is_no_change_of_an_order_that_has_left(self):
        self.delete(self.oil)
        self.quotation.action_confirm()
        self.quotation.picking_ids.move_ids.picked = True
        self.quotation.picking_ids.with_context(skip_sms=True).button_validate()
        self.assertEqual(self.quotation.picking_ids.state, "done")
        self.send_again(self.quotation, OIL, RICE, note_message="اتصل")
        self.assertEqual(self.lines(self.quotation), [(self.rice, 4.0, 31.5)])

# What the warehouse and the driver read of a marketplace's order: on the transfer, on the delivery
# slip and on the run sheet.
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .delivery_common import DeliveryCase


@tagged("post_install", "-at_install")
class TestDeliveryPapers(DeliveryCase):
    def test_a_transfer_shows_what_the_driver_needs(self):
        picking = self.deliver(
            cartona_credit=50,
            wallet_top_up=20.50,
            distribution_route_code="CAI-7",
            note_message="ring twice",
        )
        warehouseman = new_test_user(self.env, "h2-stock", groups="stock.group_stock_user")
        with Form(picking.with_user(warehouseman)) as form:
            self.assertEqual(form.cartona_id, "ord-1")
            self.assertEqual(form.amount_to_collect, 163.00)
            self.assertEqual(form.payment_kind, "credit_top_up")
            self.assertEqual(form.distribution_route_code, "CAI-7")
            self.assertEqual(form.marketplace_note, "ring twice")
            self.assertTrue(form.requires_otp)
        pickings = self.env["stock.picking"]
        self.assertEqual(pickings.search([("requires_otp", "=", True)]), picking)
        grouped = pickings._read_group(
            [("id", "=", picking.id)], ["distribution_route_code"], ["__count"]
        )
        self.assertEqual(grouped, [("CAI-7", 1)])

    def test_a_route_that_changes_changes_on_the_transfer(self):
        picking = self.deliver(distribution_route_code="CAI-7")
        self.receive(
            {"hashed_id": "ord-1", "status": "approved", "distribution_route_code": "CAI-8"},
            kind="status",
        )
        self.assertEqual(picking.distribution_route_code, "CAI-8")

    def test_the_slip_says_what_to_collect(self):
        picking = self.deliver(
            cartona_credit=50,
            wallet_top_up=20.50,
            distribution_route_code="CAI-7",
            note_message="<b>ring</b> twice",
        )
        [box] = self.slip(picking)
        words = self.words(box)
        for expected in (
            "Order on Cartona ord-1",
            "Route CAI-7",
            "To collect",
            self.amount("163.00"),
            "Credit and wallet top-up",
            "Ask the customer for the code",
            "Customer's phone: +201000000101",
            "Customer's note: <b>ring</b> twice",
        ):
            self.assertIn(expected, words.replace("\u00a0", " "))
        self.assertNotIn("comes later", words)
        self.assertFalse(box.xpath(".//b"))

    def test_the_slip_speaks_the_customers_language(self):
        picking = self.deliver(cartona_credit=50)
        [box] = self.slip(picking, "ar_001")
        words = self.words(box)
        self.assertIn("المطلوب تحصيله", words)
        self.assertIn("ائتمان", words)

    def test_the_slip_of_cash_asks_for_no_code(self):
        [box] = self.slip(self.deliver())
        self.assertIn(self.amount("192.50"), self.words(box).replace("\u00a0", " "))
        self.assertNotIn("code", self.words(box))

    def test_what_the_marketplace_picks_up_is_not_collected_for(self):
        picking = self.deliver(
            delivered_by="delivered_by_cartona", pickup_date="2026-12-01 09:00", wallet_top_up=5
        )
        [box] = self.slip(picking)
        words = self.words(box)
        self.assertIn("Picked up by the marketplace 2026-12-01 09:00", words)
        self.assertNotIn("To collect", words)
        self.assertNotIn("code", words)

    def test_other_slips_are_as_they_were(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Somebody"}).id,
                "order_line": [(0, 0, {"product_id": self.oil.id, "product_uom_qty": 1})],
            }
        )
        order.action_confirm()
        self.assertFalse(self.slip(order.picking_ids))

    def test_a_run_sheet_has_a_page_for_each_route_and_sums_up(self):
        pickings = (
            self.deliver("ord-1", 1, distribution_route_code="B", cartona_credit=50)
            | self.deliver("ord-2", 2, distribution_route_code="A", wallet_top_up=20.50)
            | self.deliver("ord-3", 3, distribution_route_code="B")
            | self.deliver("ord-4", 4)
        )
        pages = self.sheet(pickings)
        self.assertEqual(
            [self.words(page.xpath(".//h2")[0]) for page in pages],
            ["Run sheet: A", "Run sheet: B", "Run sheet: No route", "All routes"],
        )
        [[number, customer, address, order, lines, packages, money, code, signed]] = self.rows(
            pages[0]
        )
        self.assertEqual((number, customer), ("1", "Shop 2 +201000000102"))
        self.assertEqual(address, "2 Nasr Street")
        self.assertEqual(order, f"ord-2 {pickings[1].name}")
        self.assertEqual((lines, packages, signed), ("2", "", ""))
        # 192.50 + 20.50
        self.assertEqual(
            money.replace("\u00a0", " "), f"{self.amount('213.00')} Cash and wallet top-up"
        )
        self.assertEqual(code, "Ask for it")
        self.assertEqual(
            [row[3].split()[0] for row in self.rows(pages[1])],
            ["ord-1", "ord-3"],
        )
        # 142.50 + 192.50
        self.assertEqual(
            [cell.replace("\u00a0", " ") for cell in self.rows(pages[1], "tfoot")[0]],
            ["Total of the route", "4", "", self.amount("335.00"), "", ""],
        )
        # 213 + 335 + 192.50
        self.assertEqual(
            [cell.replace("\u00a0", " ") for cell in self.rows(pages[3], "tfoot")[0]],
            ["In all", "4", "8", "", self.amount("740.50"), "1"],
        )

    def test_a_single_route_needs_no_summary(self):
        self.assertEqual(len(self.sheet(self.deliver(distribution_route_code="A"))), 1)

    def test_the_run_sheet_in_arabic_reads_from_the_right(self):
        picking = self.deliver(distribution_route_code="A")
        page = self.render("cartona_integration.report_run_sheet", picking, "ar_001")
        self.assertEqual(page.xpath("//body/@dir"), ["rtl"])
        self.assertIn("كشف", self.words(page.xpath("//h2")[0]))

    def test_what_no_driver_of_ours_delivers_is_named_and_left_out(self):
        ours = self.deliver("ord-1", 1)
        theirs = self.deliver("ord-2", 2, delivered_by="delivered_by_cartona")
        cancelled = self.deliver("ord-3", 3)
        cancelled.action_cancel()
        pages = self.sheet(ours | theirs | cancelled)
        self.assertEqual(len(self.rows(pages[0])), 1)
        left_out = self.words(pages[-1].xpath(".//p")[0])
        self.assertIn(theirs.name, left_out)
        self.assertIn(cancelled.name, left_out)
        with self.assertRaisesRegex(UserError, "your own drivers"):
            (theirs | cancelled)._get_run_sheet()

    def test_other_deliveries_of_the_run_are_listed_without_money(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Somebody"}).id,
                "order_line": [(0, 0, {"product_id": self.oil.id, "product_uom_qty": 1})],
            }
        )
        order.action_confirm()
        [page] = self.sheet(order.picking_ids | self.deliver())
        money = {row[1].split()[0]: row[6].replace("\u00a0", " ") for row in self.rows(page)}
        self.assertEqual(money, {"Somebody": "–", "Shop": f"{self.amount('192.50')} Cash"})

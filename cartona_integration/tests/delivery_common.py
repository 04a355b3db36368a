# Deliveries of marketplace orders and their papers, for the tests of what the driver reads. An
# order comes to 2 x 80 + 1 x 32.50 = 192.50, without taxes.
import re

from lxml import html

from .inbound_common import InboundCase


class DeliveryCase(InboundCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("ar_001")
        self.set_stock(self.oil, 100)
        self.set_stock(self.rice, 100)

    def deliver(self, remote_id="ord-1", number=1, **values):
        """The transfer of a confirmed order; every order has a customer of its own."""
        retailer = {
            "retailer_name": f"Shop {number}",
            "retailer_code": f"R{number}",
            "retailer_number": f"+20100000010{number}",
            "retailer_address": f"{number} Nasr Street",
        }
        self.receive(self.order(remote_id, **{"retailer": retailer} | values))
        order = self.sale_orders().filtered(lambda one: one.cartona_id == remote_id)
        order.action_confirm()
        return order.picking_ids

    def render(self, report, pickings, lang="en_US"):
        env = self.env(context={**self.env.context, "lang": lang})
        content, _kind = env["ir.actions.report"]._render_qweb_html(report, pickings.ids)
        return html.fromstring(content.decode())

    def slip(self, picking, lang="en_US"):
        picking.partner_id.lang = lang
        page = self.render("stock.report_deliveryslip", picking, lang)
        return page.xpath("//div[@name='marketplace_at_door']")

    def sheet(self, pickings, lang="en_US"):
        """Each page's table, row by row, cell by cell."""
        page = self.render("cartona_integration.report_run_sheet", pickings, lang)
        return page.xpath("//div[hasclass('page')]")

    def rows(self, page, part="tbody"):
        return [
            [self.words(cell) for cell in row.xpath("./td")] for row in page.xpath(f".//{part}/tr")
        ]

    def words(self, element):
        return re.sub(r"\s+", " ", element.text_content()).strip()

    def amount(self, figure):
        """As Odoo words an amount of the company."""
        currency = self.env.company.currency_id
        before = currency.position == "before"
        return f"{currency.symbol} {figure}" if before else f"{figure} {currency.symbol}"

    def plain(self, element):
        """Its words, with usual spaces in amounts."""
        return self.words(element).replace("\u00a0", " ")

    def money(self, pickings):
        """What the sheet of these says to collect: ([a stop's cell], the total's)"""
        [page] = self.sheet(pickings)
        stops = [row[6].replace("\u00a0", " ") for row in self.rows(page)]
        return stops, self.rows(page, "tfoot")[0][3].replace("\u00a0", " ")

    def load(self, picking, *quantities):
        """So much of each line is on the truck."""
        for move, quantity in zip(picking.move_ids, quantities, strict=True):
            move.quantity = quantity
        picking.move_ids.picked = True

    def part(self, picking, *quantities):
        """Deliver so much, the rest later.

        :return: the delivery that brings it
        """
        self.load(picking, *quantities)
        picking.with_context(skip_backorder=True, skip_sms=True).button_validate()
        self.assertEqual(picking.state, "done")
        [later] = picking.backorder_ids
        return later

    def finish(self, picking, *quantities):
        """Deliver so much, the rest never."""
        self.load(picking, *quantities)
        picking.with_context(
            skip_backorder=True, picking_ids_not_to_backorder=picking.ids, skip_sms=True
        ).button_validate()
        self.assertEqual(picking.state, "done")
        self.assertFalse(picking.backorder_ids)

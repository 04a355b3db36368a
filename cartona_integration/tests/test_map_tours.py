# Mapping in a real browser: an unknown product is mapped from the quarantine, and from a quotation
# with a placeholder, and the order comes through.
from odoo.tests import tagged

from .test_mapping import MappingCase
from .tour_common import TourCase


@tagged("post_install", "-at_install")
class TestMapTours(TourCase, MappingCase):
    def test_an_unknown_product_is_mapped_from_the_quarantine(self):
        self.lentils.name = "عدس بني 500 جم"
        [event] = self.receive(self.strange("ord-77"))
        self.assertEqual(event.state, "quarantined")
        self.tour("map_event", event)
        self.assertEqual(event.state, "received")
        self.take_in()
        self.assertEqual(event.state, "done", event.cause_detail)
        self.assertEqual(self.lines("ord-77")["9"].product_id, self.lentils)
        self.tour("map_event_done", event)

    def test_a_placeholder_is_mapped_from_its_quotation(self):
        self.config.unknown_product_policy = "placeholder"
        [event] = self.receive(self.strange("ord-77"))
        self.tour("map_order", event.order_id)
        self.assertEqual(self.lines("ord-77")["9"].product_id, self.lentils)

    def test_a_customer_is_chosen_from_the_quarantine(self):
        partner = self.env["res.partner"].create({"name": "Amana Grocery"})
        element = self.order("ord-77")
        element["retailer"] |= {"retailer_code": None, "retailer_number": "+2000061774"}
        [event] = self.receive(element)
        self.tour("map_customer", event)
        self.take_in()
        self.assertEqual(event.order_id.partner_id, partner)

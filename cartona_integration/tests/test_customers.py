# Who a marketplace's order is of: found by identity, else by a phone number, else made; what people
# change about a contact is theirs, and what they correct lets the orders that wait for it in.
from odoo.tests.common import tagged

from ..utils.phone import normalise
from .inbound_common import InboundCase

PHONE = "+201000000101"


@tagged("post_install", "-at_install")
class TestCustomers(InboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.eg")

    def order_of(self, remote_id="ord-1", **retailer):
        order = self.order(remote_id)
        order["retailer"] |= {f"retailer_{name}": value for name, value in retailer.items()}
        return order

    def contact(self, name="Amana", **values):
        return self.env["res.partner"].create({"name": name, **values})

    def ordered_by(self, *elements):
        self.receive(*elements)
        return self.sale_orders().partner_id

    def put_aside(self):
        event = self.events("quarantined")
        return event.cause_code

    def test_a_new_customer_gets_a_contact_with_all_that_is_told(self):
        element = self.order_of(number2="+201000000202", email="shop@example.com")
        element["retailer"]["address_notes"] = "behind the mosque"
        partner = self.ordered_by(element)
        self.assertEqual(
            (partner.cartona_id, partner.name, partner.phone, partner.email),
            ("retailer_R1001", "بقالة الأمانة", PHONE, "shop@example.com"),
        )
        self.assertEqual((partner.street, partner.street2), ("١٢ شارع النصر", "behind the mosque"))
        self.assertEqual(partner.category_id.name, "Cartona")
        self.assertFalse(partner.is_phone_damaged)
        self.assertEqual(self.sale_orders().partner_shipping_id, partner)

    def test_what_people_changed_of_a_contact_stays(self):
        partner = self.ordered_by(self.order())
        edited = {"name": "Amana & Sons", "phone": "010 1111 2222", "street": "12 Nasr St., gate 2"}
        partner.write(edited)
        self.receive(self.order("ord-2"))
        self.assertEqual(self.sale_orders().partner_id, partner)
        self.assertEqual(self.sale_orders().partner_shipping_id, partner)
        self.assertEqual({name: partner[name] for name in edited}, edited)

    def test_a_customer_of_before_is_known_by_the_phone_number_however_it_is_written(self):
        for number, written in enumerate(("+20 100 000 0101", "00201000000101", "+201000000101")):
            known = self.contact(phone=written)
            self.receive(self.order_of(f"ord-{number}", code=f"R{number}"))
            order = self.sale_orders().filtered(lambda o, n=number: o.cartona_id == f"ord-{n}")
            self.assertEqual((order.partner_id, known.cartona_id), (known, f"retailer_R{number}"))
            known.phone = False

    def test_an_owner_of_two_shops_is_two_customers(self):
        first = self.ordered_by(self.order())
        self.receive(self.order_of("ord-2", code="R1002", name="بقالة ثانية"))
        second = self.sale_orders().partner_id - first
        self.assertEqual(second.cartona_id, "retailer_R1002")

    def test_of_two_contacts_with_one_number_none_is_taken_for_the_customer(self):
        contacts = self.contact(phone=PHONE) | self.contact("Other", phone=PHONE)
        partner = self.ordered_by(self.order())
        self.assertNotIn(partner, contacts)
        self.assertFalse(contacts.filtered("cartona_id"))

    def test_an_address_of_a_customer_is_no_second_customer(self):
        known = self.contact(phone=PHONE)
        self.contact("Store room", phone=PHONE, parent_id=known.id, type="delivery")
        self.assertEqual(self.ordered_by(self.order()), known)

    def test_without_a_code_the_phone_number_is_who_ordered(self):
        partner = self.ordered_by(self.order_of(code=None))
        self.assertFalse(partner.cartona_id)
        self.receive(self.order_of("ord-2", code=None, number="00201000000101"))
        self.assertEqual(self.sale_orders().partner_id, partner)
        self.assertEqual(len(self.sale_orders()), 2)

    def test_without_a_code_and_with_a_damaged_number_nobody_knows_who_ordered(self):
        self.receive(self.order_of(code=None, number="+2000061774"))
        self.assertEqual(self.put_aside(), "customer_unknown")

    def test_a_damaged_number_is_kept_as_it_is_and_flagged(self):
        partner = self.ordered_by(self.order_of(number="+2000061774"))
        self.assertEqual((partner.phone, partner.is_phone_damaged), ("+2000061774", True))
        partner.phone = PHONE
        self.assertFalse(partner.is_phone_damaged)

    def test_an_order_without_a_code_waits_until_one_contact_has_its_number(self):
        first, second = self.contact(phone=PHONE), self.contact("Other", phone=PHONE)
        self.receive(self.order_of(code=None))
        self.assertEqual(self.put_aside(), "customer_ambiguous")
        second.phone = "+201000000999"
        self.take_in()
        self.assertEqual(self.sale_orders().partner_id, first)

    def test_an_identity_that_is_entered_lets_the_order_in(self):
        self.contact(phone=PHONE)
        second = self.contact("Other", phone=PHONE)
        self.receive(self.order_of(code=None))
        self.assertEqual(self.put_aside(), "customer_ambiguous")
        second.active = False
        self.take_in()
        self.assertEqual(self.sale_orders().partner_id.name, "Amana")

    def test_goods_for_another_place_go_to_an_address_below_the_customer(self):
        partner = self.ordered_by(self.order())
        self.receive(self.order_of("ord-2", address="٥ شارع السوق"))
        self.receive(self.order_of("ord-3", address="٥ شارع السوق"))
        place = self.sale_orders().partner_shipping_id - partner
        self.assertEqual((place.parent_id, place.type), (partner, "delivery"))
        self.assertEqual(place.street, "٥ شارع السوق")
        self.assertEqual(len(self.sale_orders().partner_id), 1)
        self.assertEqual(partner.street, "١٢ شارع النصر")

    def test_a_customer_of_before_keeps_the_address_that_people_entered(self):
        known = self.contact(phone=PHONE, street="Warehouse 7")
        self.receive(self.order())
        order = self.sale_orders()
        self.assertEqual((order.partner_id, known.street), (known, "Warehouse 7"))
        self.assertEqual(order.partner_shipping_id.street, "١٢ شارع النصر")

    def test_where_people_send_the_goods_stays_until_the_customer_moves(self):
        partner = self.ordered_by(self.order())
        order = self.sale_orders()
        elsewhere = self.contact("Elsewhere", parent_id=partner.id, type="delivery")
        order.partner_shipping_id = elsewhere
        edited = self.order()
        edited["order_details"][0]["amount"] = 3
        self.listed = [edited]
        self.poll()
        self.assertEqual(order.partner_shipping_id, elsewhere)
        edited["retailer"]["retailer_address"] = "٥ شارع السوق"
        self.listed = [edited]
        self.poll()
        self.assertEqual(order.partner_shipping_id.street, "٥ شارع السوق")

    def test_a_customer_s_orders_are_a_click_away(self):
        partner = self.ordered_by(self.order())
        self.receive(self.order("ord-2"))
        partner.invalidate_recordset(["marketplace_order_count"])
        self.assertEqual(partner.marketplace_order_count, 2)
        domain = partner.action_open_marketplace_orders()["domain"]
        self.assertEqual(self.env["sale.order"].search(domain), self.sale_orders())

    def test_numbers_are_one_number_however_they_are_written(self):
        for written, region in (
            ("+20 100 000 0101", None),
            ("0100 000 0101", "EG"),
            ("00201000000101", "EG"),
            ("٠١٠٠٠٠٠٠١٠١", "EG"),
        ):
            self.assertEqual(normalise(written, region), PHONE, written)
        for damaged in ("", None, "+2000061774", "0100", "call me", "01000000101"):
            self.assertEqual(normalise(damaged, None), "", damaged)

# What a marketplace says of an order besides its lines and money reaches the sales order, and
# nothing that it says can keep the order out.
from datetime import date, datetime

from odoo.tests import Form, new_test_user, tagged

from .inbound_common import InboundCase

FACTS = {
    "delivered_by": "delivered_by_cartona",
    "pickup_date": "2026-12-02 09:00",
    "pickup_otp": "4711",
    "retailer_preferred_delivery_date": "2026-12-03",
    "estimated_delivery_day": "2026-12-04",
    "delivery_day": "05/12/2026",
    "cancellation_reason": "out_of_stock",
    "return_reason": "مغلق",
    "distribution_route_code": "CAI-7",
    "note_message": "<b>اتصل</b> قبل الوصول\n& bring change",
    "receipt_id": "R-99",
    "created_at": "2026-12-01T08:15:00Z",
}


@tagged("post_install", "-at_install")
class TestOrderFacts(InboundCase):
    def setUp(self):
        super().setUp()
        self.env.company.country_id = self.env.ref("base.eg")
        self.env.company.partner_id.tz = False

    def take(self, remote_id="ord-1", **values):
        self.receive(self.order(remote_id, **values))
        return self.sale_orders().filtered(lambda order: order.cartona_id == remote_id)

    def test_all_facts_are_kept(self):
        order = self.take(**FACTS)
        self.assertRecordValues(
            order,
            [
                {
                    "delivered_by": "marketplace",
                    "pickup_date": "2026-12-02 09:00",
                    "pickup_otp": "4711",
                    "preferred_delivery": "2026-12-03",
                    # noon in Cairo, two hours ahead of UTC in winter
                    "commitment_date": datetime(2026, 12, 3, 10),
                    "estimated_delivery_day": date(2026, 12, 4),
                    "delivery_day": date(2026, 12, 5),
                    "told_cancellation_reason": "out_of_stock",
                    "told_return_reason": "مغلق",
                    "distribution_route_code": "CAI-7",
                    "marketplace_note": "<b>اتصل</b> قبل الوصول\n& bring change",
                    "receipt_number": "R-99",
                    "ordered_at": datetime(2026, 12, 1, 8, 15),
                    "unread_facts": False,
                }
            ],
        )

    def test_moments_are_read_where_the_company_is(self):
        for number, (zone, told, expected) in enumerate(
            (
                (False, "2026-07-01", datetime(2026, 7, 1, 9)),  # noon in Cairo's summer, UTC+3
                (False, "2026-12-01 18:30", datetime(2026, 12, 1, 16, 30)),
                (False, "2026-12-01T18:30:00Z", datetime(2026, 12, 1, 18, 30)),
                (False, "2026-12-01T18:30:00+05:00", datetime(2026, 12, 1, 13, 30)),
                ("Asia/Dubai", "2026-12-01 18:30", datetime(2026, 12, 1, 14, 30)),  # UTC+4
            )
        ):
            with self.subTest(told):
                self.env.company.partner_id.tz = zone
                order = self.take(f"ord-{number}", retailer_preferred_delivery_date=told)
                self.assertEqual(order.commitment_date, expected)

    def test_a_day_is_the_companys_day(self):
        # 23:30 in UTC is half past one in the morning in Cairo
        order = self.take(estimated_delivery_day="2026-12-01T23:30:00Z")
        self.assertEqual(order.estimated_delivery_day, date(2026, 12, 2))

    def test_what_cannot_be_read_is_kept_word_for_word(self):
        order = self.take(
            delivered_by="by a camel",
            retailer_preferred_delivery_date="بكرة الصبح",
            estimated_delivery_day="soonish",
            created_at="1764547200",
        )
        self.assertEqual(order.preferred_delivery, "بكرة الصبح")
        self.assertFalse(order.commitment_date)
        self.assertFalse(order.delivered_by)
        self.assertFalse(order.estimated_delivery_day)
        self.assertEqual(
            order.unread_facts.splitlines(),
            [
                "Delivered By: by a camel",
                "Announced For: soonish",
                "Placed On: 1764547200",
            ],
        )
        self.take(status="approved", created_at="2026-12-01")
        self.assertFalse(order.unread_facts)

    def test_a_fact_that_is_no_text_waits_with_its_name(self):
        [event] = self.receive(self.order(note_message={"text": "?"}))
        self.assertEqual((event.state, event.cause_code), ("quarantined", "bad_value"))
        self.assertEqual(event.cause_detail, "note_message")

    def test_what_a_message_does_not_tell_is_left_alone(self):
        order = self.take(**FACTS, cartona_credit=50, installment_cost=30, wallet_top_up=20)
        self.take(status="approved", distribution_route_code="CAI-8")
        self.receive({"hashed_id": "ord-1", "status": "assigned_to_salesman"}, kind="status")
        self.assertEqual(order.marketplace_status, "assigned_to_salesman")
        self.assertEqual(order.distribution_route_code, "CAI-8")
        self.assertEqual(order.pickup_otp, "4711")
        self.assertEqual(order.commitment_date, datetime(2026, 12, 3, 10))
        self.assertEqual(
            (order.cartona_credit, order.installment_cost, order.wallet_top_up), (50, 30, 20)
        )

    def test_a_status_brings_its_facts(self):
        order = self.take()
        self.receive(
            {
                "hashed_id": "ord-1",
                "status": "approved",
                "estimated_delivery_day": "2026-12-09",
                "pickup_otp": 815,
            },
            kind="status",
        )
        self.assertEqual(order.estimated_delivery_day, date(2026, 12, 9))
        self.assertEqual(order.pickup_otp, "815")

    def test_a_delivery_that_staff_have_moved_stays_until_the_customer_wants_another(self):
        order = self.take(retailer_preferred_delivery_date="2026-12-03")
        order.commitment_date = datetime(2026, 12, 8, 7)
        self.take(
            status="approved",
            retailer_preferred_delivery_date="2026-12-03",
            note_message="another note",
        )
        self.assertEqual(order.marketplace_note, "another note")
        self.assertEqual(order.commitment_date, datetime(2026, 12, 8, 7))
        self.take(status="assigned_to_salesman", retailer_preferred_delivery_date="2026-12-10")
        self.assertEqual(order.commitment_date, datetime(2026, 12, 10, 10))

    def test_staff_see_the_pick_up_code_and_portal_users_do_not(self):
        order = self.take(**FACTS)
        seller = new_test_user(
            self.env, "h2-seller", groups="sales_team.group_sale_salesman_all_leads"
        )
        with Form(order.with_user(seller)) as form:
            self.assertEqual(form.pickup_otp, "4711")
        guest = new_test_user(self.env, "h2-guest", groups="base.group_portal")
        self.assertNotIn("pickup_otp", order.with_user(guest).fields_get())

    def test_a_copy_of_the_order_is_no_order_of_the_marketplace(self):
        copy = self.take(**FACTS, cartona_credit=50).copy()
        self.assertFalse(copy.cartona_credit)
        self.assertFalse(copy.payment_kind)
        self.assertFalse(copy.amount_to_collect)
        self.assertFalse(copy.marketplace_note)
        self.assertFalse(copy.order_line.filtered("marketplace_pack"))

# Orders that wait for somebody to say who ordered: just the correction that concerns them lets them
# in, and a person may choose the customer where nobody else can know.
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from ..compat import PHONES
from .test_customers import PHONE, CustomersCase

DAMAGED = "+2000061774"


@tagged("post_install", "-at_install")
class TestCustomersWaiting(CustomersCase):
    def setUp(self):
        super().setUp()
        self.first = self.contact(phone=PHONE)
        self.second = self.contact("Other", phone=PHONE)

    def wait(self, cause, remote_id="ord-1", **retailer):
        """An order without a customer's code that waits for somebody."""
        [event] = self.receive(self.order_of(remote_id, **{"code": None, **retailer}))
        self.assertEqual((event.state, event.cause_code), ("quarantined", cause))
        return event

    def retried(self):
        """The events that jobs are about to deal with again."""
        events = self.env["marketplace.inbox"].union(*self.run_jobs("_job_retry"))
        self.take_in()
        return events

    def choose(self, event, partner, user=None):
        user = user or self.env.user
        action = event.with_user(user).action_choose_customer()
        dialog = self.env[action["res_model"]].with_user(user).browse(action["res_id"])
        dialog.partner_id = partner
        return dialog

    def test_only_the_orders_that_a_correction_concerns_are_tried_again(self):
        event = self.wait("customer_ambiguous")
        for change in (
            lambda: self.contact("New", phone="+201000000777"),
            lambda: self.contact("Nobody").write({"phone": "+201000000778"}),
            lambda: self.first.write({"comment": "Pays late", "name": "Amana"}),
            lambda: self.contact("Third", cartona_id="retailer_R55"),
        ):
            change()
            self.assertFalse(self.retried())
        self.second.phone = "+201000000999"
        self.assertEqual(self.retried(), event)
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.first))

    def test_what_the_intake_itself_writes_lets_nobody_in(self):
        self.wait("customer_ambiguous")
        self.receive(self.order_of("ord-2", number="+201000000303"))
        self.assertEqual(self.sale_orders().partner_id.cartona_id, "retailer_R1001")
        self.receive(self.order_of("ord-3", code="R7", number="+201000000303", address="Else"))
        self.receive(self.order_of("ord-4", code=None, number="+201000000404"))
        self.assertFalse(self.run_jobs("_job_retry"))

    def test_whatever_makes_one_of_two_contacts_goes_lets_the_order_in(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        for number, mend in enumerate(
            (
                lambda: self.second.action_archive(),
                lambda: self.second.write({"company_id": elsewhere.id}),
                lambda: self.second.write({"parent_id": self.first.id}),
                lambda: self.second.unlink(),
            )
        ):
            event = self.wait("customer_ambiguous", f"ord-{number}")
            mend()
            self.assertEqual(self.retried(), event, number)
            self.assertEqual((event.state, event.order_id.partner_id), ("done", self.first))
            if number < 3:
                self.second.write(
                    {"active": True, "company_id": False, "parent_id": False, "phone": PHONE}
                )

    def test_merged_contacts_are_one(self):
        event = self.wait("customer_ambiguous")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.first | self.second).ids, self.first)
        self.take_in()
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.first))

    def test_an_archived_customer_comes_back_and_so_does_the_order(self):
        self.second.unlink()
        self.first.cartona_id = "retailer_R1001"
        self.first.action_archive()
        event = self.wait("customer_archived", code="R1001")
        action = event.action_open_cause()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.first.id))
        self.first.action_unarchive()
        self.assertEqual(self.retried(), event)
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.first))

    def test_an_archived_contact_with_the_number_is_no_new_customer(self):
        self.second.unlink()
        self.first.action_archive()
        event = self.wait("customer_archived")
        self.first.action_unarchive()
        self.take_in()
        self.assertEqual(event.order_id.partner_id, self.first)

    def test_an_archived_customer_s_address_that_is_corrected_has_the_order_tried_again(self):
        self.first.cartona_id = "retailer_R1001"
        self.first.action_archive()
        event = self.wait("customer_archived", code="R1001")
        self.first.street = "12 Nasr St."
        self.assertEqual(self.retried(), event)

    def test_a_code_that_is_entered_lets_the_order_in(self):
        self.second.write({"cartona_id": "retailer_R1001", "active": False})
        event = self.wait("customer_archived", code="R1001")
        self.second.cartona_id = False
        self.env.flush_all()
        self.first.cartona_id = "retailer_R1001"
        self.take_in()
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.first))

    def test_a_person_says_who_ordered_and_it_holds_for_the_next_order(self):
        event = self.wait("customer_unknown", number=DAMAGED)
        self.assertEqual(event.remedy, "customer")
        dialog = self.choose(event, self.second)
        self.assertEqual((dialog.name, dialog.phone), ("بقالة الأمانة", DAMAGED))
        dialog.action_take()
        self.take_in()
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.second))
        [later] = self.receive(self.order_of("ord-2", code=None, number=DAMAGED))
        self.assertEqual(later.order_id.partner_id, self.second)
        # another shop with the same nonsense is somebody else
        self.wait("customer_unknown", "ord-3", number=DAMAGED, name="بقالة ثانية")

    def test_a_person_chooses_between_contacts_with_one_number(self):
        event = self.wait("customer_ambiguous")
        dialog = self.choose(event, self.second)
        self.assertEqual(dialog.suggested, "Amana · same phone number\nOther · same phone number")
        dialog.action_take()
        self.take_in()
        self.assertEqual(event.order_id.partner_id, self.second)

    def test_a_new_contact_is_made_of_what_is_told(self):
        event = self.wait("customer_unknown", number=DAMAGED)
        self.choose(event, self.first.browse()).action_make()
        self.take_in()
        partner = event.order_id.partner_id
        self.assertEqual((partner.name, partner.phone), ("بقالة الأمانة", DAMAGED))
        self.assertTrue(partner.is_phone_damaged)

    def test_who_may_not_change_contacts_chooses_none(self):
        event = self.wait("customer_unknown", number=DAMAGED)
        group = "cartona_integration.group_marketplace_user"
        clerk = new_test_user(self.env, "mp_clerk", groups=group)
        with self.assertRaises(AccessError):
            self.choose(event, self.second, clerk).action_take()
        keeper = new_test_user(self.env, "mp_k", groups=f"{group},base.group_partner_manager")
        self.choose(event, self.second, keeper).action_take()
        self.take_in()
        self.assertEqual(event.state, "done")

    def test_another_company_s_contact_is_never_the_customer(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        (self.first | self.second).company_id = company
        [event] = self.receive(self.order_of(code=None))
        self.assertNotIn(event.order_id.partner_id, self.first | self.second)
        waiting = self.wait("customer_unknown", "ord-2", number=DAMAGED)
        with self.assertRaisesRegex(UserError, "another company"):
            waiting.action_set_customer(self.first.id)

    def test_a_contact_says_that_orders_wait_for_it(self):
        self.assertFalse(self.first.marketplace_state)
        event = self.wait("customer_ambiguous")
        self.first.invalidate_recordset(["marketplace_state"])
        self.assertEqual(self.first.marketplace_state, "waiting")
        domain = self.first.action_open_marketplace_waiting()["domain"]
        self.assertEqual(self.env["marketplace.inbox"].search(domain), event)
        self.second.phone = False
        self.take_in()
        self.first.invalidate_recordset(["marketplace_state"])
        self.assertEqual(self.first.marketplace_state, "known")
        self.first.write({"cartona_id": "retailer_R9", "phone": DAMAGED})
        self.first.invalidate_recordset(["marketplace_state"])
        self.assertEqual(self.first.marketplace_state, "phone")

    def test_the_list_of_marketplace_customers_has_those_without_a_code_too(self):
        self.second.phone = False
        self.receive(self.order_of(code=None), self.order_of("ord-2", number="+201000000404"))
        coded = self.env["res.partner"].search([("cartona_id", "=", "retailer_R1001")])
        stranger = self.contact("Stranger")
        among = [("id", "in", (self.first | self.second | coded | stranger).ids)]
        partners = self.env["res.partner"]
        for operator, value, found in (
            ("=", True, self.first | coded),
            ("=", False, self.second | stranger),
            ("!=", True, self.second | stranger),
        ):
            domain = [("is_marketplace_customer", operator, value), *among]
            self.assertEqual(partners.search(domain), found.sorted("complete_name"))

    def test_a_second_number_is_kept_wherever_odoo_has_a_place_for_it(self):
        [event] = self.receive(self.order_of(number="+201000000303", number2="0100 call"))
        partner = event.order_id.partner_id
        self.assertEqual([partner[name] for name in PHONES], ["+201000000303", "0100 call"])
        self.assertTrue(partner.is_phone_damaged)
        partner[PHONES[1]] = "+201000000505"
        self.assertFalse(partner.is_phone_damaged)
        [later] = self.receive(self.order_of("ord-2", code=None, number="+201000000505"))
        self.assertEqual(later.order_id.partner_id, partner)

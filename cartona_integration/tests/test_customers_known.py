# What a customer goes on being known by: after two contacts have been merged, once a person has
# chosen one, and when two processes meet a new customer at the same moment.
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..compat import PHONES
from .test_customers import PHONE, CustomersCase

OTHER_PHONE = "+201000000303"
INTAKE = "odoo.addons.cartona_integration.models.marketplace_intake"


class KnownCase(CustomersCase):
    def merge(self, *sources, into):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        partners = into.union(*sources)
        wizard._merge(partners.ids, into)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(partners.exists(), into)

    def customer_of(self, remote_id, **retailer):
        [event] = self.receive(self.order_of(remote_id, **retailer))
        self.assertEqual(event.state, "done", (event.cause_code, event.cause_detail))
        return event.order_id.partner_id


@tagged("post_install", "-at_install")
class TestMergedCustomers(KnownCase):
    def notes(self, partner):
        return " ".join(str(body) for body in partner.message_ids.mapped("body"))

    def test_an_identity_goes_on_with_the_contact_that_is_left(self):
        older = self.contact("Amana of before", phone=OTHER_PHONE)
        made = self.customer_of("ord-1")
        self.merge(made, into=older)
        self.assertEqual((older.cartona_id, older.phone), ("retailer_R1001", OTHER_PHONE))
        self.assertEqual(self.sale_orders().partner_id, older)
        self.assertEqual(self.customer_of("ord-2"), older)

    def test_of_two_identities_the_contact_s_own_stays_and_both_lead_to_it(self):
        older = self.contact("Amana of before", cartona_id="retailer_R9")
        self.merge(self.customer_of("ord-1"), into=older)
        self.assertEqual(older.cartona_id, "retailer_R9")
        self.assertIn("retailer_R1001", self.notes(older))
        self.assertEqual(self.customer_of("ord-2"), older)
        self.assertEqual(self.customer_of("ord-3", code="R9"), older)
        # and when that one is merged as well
        oldest = self.contact("Oldest", cartona_id="retailer_R5")
        self.merge(older, into=oldest)
        self.assertIn("retailer_R1001", self.notes(oldest))
        for number, code in enumerate(("R1001", "R9", "R5"), 4):
            self.assertEqual(self.customer_of(f"ord-{number}", code=code), oldest)

    def test_of_three_contacts_every_identity_leads_to_the_one_that_is_left(self):
        older = self.contact("Amana of before")
        first = self.customer_of("ord-1")
        second = self.customer_of("ord-2", code="R2")
        self.merge(first, second, into=older)
        self.assertIn(older.cartona_id, ("retailer_R1001", "retailer_R2"))
        for number, code in enumerate(("R1001", "R2"), 3):
            self.assertEqual(self.customer_of(f"ord-{number}", code=code), older)

    def test_a_customer_without_a_code_stays_merged(self):
        older = self.contact("Amana of before", phone=OTHER_PHONE)
        older.write({name: OTHER_PHONE for name in PHONES})
        self.merge(self.customer_of("ord-1", code=None), into=older)
        self.assertEqual(self.customer_of("ord-2", code=None), older)
        self.assertEqual(self.customer_of("ord-3", code=None, number=OTHER_PHONE), older)

    def test_who_has_been_chosen_stays_chosen_after_a_merge(self):
        self.contact(phone=PHONE)
        second = self.contact("Other", phone=PHONE)
        [event] = self.receive(self.order_of(code=None))
        event.action_set_customer(second.id)
        self.take_in()
        older = self.contact("Amana of before", phone=OTHER_PHONE)
        self.merge(second, into=older)
        self.assertEqual(self.customer_of("ord-2", code=None), older)


@tagged("post_install", "-at_install")
class TestClaimedCustomers(KnownCase):
    @contextmanager
    def as_rivals_would(self):
        """The first look at an event is a process's that began before the other one's commit, and
        sees nothing of what that one wrote."""
        looks = []
        intake, partners = self.registry["marketplace.intake"], self.registry["res.partner"]
        keys = self.registry["marketplace.customer.key"]
        attempt, by_phones, rows = intake._attempt, partners._find_by_phones, keys._find_rows

        def _attempt(one, *arguments):
            looks.append(arguments)
            return attempt(one, *arguments)

        def _find_by_phones(one, *arguments):
            return one.browse() if len(looks) == 1 else by_phones(one, *arguments)

        def _find_rows(one, *arguments):
            return one.browse() if len(looks) == 1 else rows(one, *arguments)

        with (
            patch.object(intake, "_attempt", _attempt),
            patch.object(partners, "_find_by_phones", _find_by_phones),
            patch.object(keys, "_find_rows", _find_rows),
        ):
            yield
        self.assertEqual(len(looks), 2)

    @mute_logger(INTAKE, "odoo.sql_db")
    def test_two_processes_make_one_contact_of_a_customer_without_a_code(self):
        made = self.customer_of("ord-1", code=None)
        with self.as_rivals_would():
            self.assertEqual(self.customer_of("ord-2", code=None), made)
        self.assertEqual(self.env["res.partner"].search([("phone", "=", PHONE)]), made)

    def test_a_number_that_staff_corrected_is_free_for_its_new_owner(self):
        made = self.customer_of("ord-1", code=None)
        made.phone = OTHER_PHONE
        another = self.customer_of("ord-2", code=None)
        self.assertNotEqual(another, made)
        self.assertEqual(self.customer_of("ord-3", code=None, number=OTHER_PHONE), made)
        self.assertEqual(self.customer_of("ord-4", code=None), another)
        with self.as_rivals_would(), mute_logger(INTAKE, "odoo.sql_db"):
            self.assertEqual(self.customer_of("ord-5", code=None), another)

    def test_a_contact_that_is_gone_claims_nothing(self):
        self.customer_of("ord-1", code=None)
        partner = self.sale_orders().partner_id
        self.sale_orders().unlink()
        partner.unlink()
        self.assertEqual(self.customer_of("ord-2", code=None).phone, PHONE)

    def test_a_second_contact_with_the_number_of_one_is_for_a_person_to_judge(self):
        self.customer_of("ord-1", code=None)
        self.contact("Other", phone=PHONE)
        [event] = self.receive(self.order_of("ord-2", code=None))
        self.assertEqual((event.state, event.cause_code), ("quarantined", "customer_ambiguous"))


@tagged("post_install", "-at_install")
class TestChosenCustomers(KnownCase):
    """A code that nobody knows, with a number that several contacts have."""

    def setUp(self):
        super().setUp()
        self.first = self.contact(phone=PHONE)
        self.second = self.contact("Other", phone=PHONE)

    def wait(self, remote_id="ord-1", **retailer):
        [event] = self.receive(self.order_of(remote_id, **retailer))
        self.assertEqual((event.state, event.cause_code), ("quarantined", "customer_ambiguous"))
        self.assertEqual(event.remedy, "customer")
        return event

    def test_the_choice_is_the_contact_s_identity_from_then_on(self):
        event = self.wait()
        self.assertIn("Amana, Other", event.cause_detail)
        event.action_set_customer(self.second.id)
        self.take_in()
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.second))
        self.assertEqual(self.second.cartona_id, "retailer_R1001")
        self.assertEqual(self.customer_of("ord-2"), self.second)
        self.assertFalse(self.first.cartona_id)

    def test_a_contact_that_has_an_identity_may_have_another_one(self):
        self.first.cartona_id = "retailer_R9"
        event = self.wait()
        event.action_set_customer(self.first.id)
        self.take_in()
        self.assertEqual((event.order_id.partner_id, self.first.cartona_id),
                         (self.first, "retailer_R9"))  # fmt: skip
        self.assertEqual(self.customer_of("ord-2"), self.first)
        self.assertEqual(self.customer_of("ord-3", code="R9"), self.first)

    def test_a_new_contact_gets_the_identity(self):
        event = self.wait()
        event.action_set_customer()
        self.take_in()
        self.assertEqual(event.order_id.partner_id.cartona_id, "retailer_R1001")
        self.assertNotIn(event.order_id.partner_id, self.first | self.second)

    def test_a_number_that_is_corrected_lets_the_order_in(self):
        event = self.wait()
        self.second.phone = OTHER_PHONE
        self.take_in()
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.first))

    def test_a_third_shop_of_an_owner_whose_other_shops_are_known_asks_nobody(self):
        self.first.cartona_id = "retailer_R8"
        self.second.cartona_id = "retailer_R9"
        made = self.customer_of("ord-1")
        self.assertEqual(made.cartona_id, "retailer_R1001")
        self.assertNotIn(made, self.first | self.second)

    def test_whom_a_person_chose_for_several_names_is_all_of_them(self):
        events = [self.wait(f"ord-{name}", code=None, name=name) for name in ("A", "B")]
        for event in events:
            event.action_set_customer(self.first.id)
        self.take_in()
        for name in ("A", "B"):
            self.assertEqual(self.customer_of(f"later-{name}", code=None, name=name), self.first)

    def test_another_choice_takes_the_place_of_the_former(self):
        event = self.wait(code=None)
        event.action_set_customer(self.first.id)
        event.action_set_customer(self.second.id)
        self.take_in()
        self.assertEqual(event.order_id.partner_id, self.second)
        self.assertEqual(self.customer_of("ord-2", code=None), self.second)

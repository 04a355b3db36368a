# Phone numbers are read as in the country where the marketplace's customers are, whichever company
# the person or the process works in that writes a contact.
from odoo.tests.common import tagged

from .test_customers import PHONE, CustomersCase

LOCAL = "01000000101"


@tagged("post_install", "-at_install")
class TestCustomersOfCompanies(CustomersCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.egypt, cls.arabia = cls.env.ref("base.eg"), cls.env.ref("base.sa")
        cls.branch = cls.env["res.company"].create(
            {"name": "Cairo Branch", "country_id": cls.egypt.id}
        )
        cls.env.user.company_ids += cls.branch
        cls.env.company.country_id = cls.arabia
        cls.config.company_id = cls.branch

    def customer_of(self, remote_id, **retailer):
        [event] = self.receive(self.order_of(remote_id, **{"code": None, **retailer}))
        self.assertEqual(event.state, "done", (event.cause_code, event.cause_detail))
        self.assertEqual(event.order_id.company_id, self.branch)
        return event.order_id.partner_id

    def test_a_number_without_a_country_code_is_one_customer_s(self):
        made = self.customer_of("ord-1", number=LOCAL)
        self.assertEqual((made.first_phone_key, made.country_id), (PHONE, self.egypt))
        self.assertFalse(made.is_phone_damaged)
        self.assertEqual(self.customer_of("ord-2", number=LOCAL), made)
        self.assertEqual(self.customer_of("ord-3", number=PHONE), made)

    def test_a_contact_that_the_companies_share_is_known_whoever_wrote_it(self):
        known = self.contact(phone=LOCAL)
        self.assertEqual(self.customer_of("ord-1", number=LOCAL), known)

    def test_a_contact_with_a_country_has_a_number_of_that_country(self):
        abroad = self.contact(phone=LOCAL, country_id=self.arabia.id)
        self.assertFalse(abroad.first_phone_key)
        self.assertNotEqual(self.customer_of("ord-1", number=LOCAL), abroad)

    def test_once_a_company_has_a_country_its_contacts_are_known(self):
        self.env.company.country_id = self.branch.country_id = False
        known = self.contact(phone=LOCAL, company_id=self.branch.id)
        shared = self.contact("Shared", phone="01000000202")
        [event] = self.receive(self.order_of(code=None, number=LOCAL))
        self.assertEqual((event.state, event.cause_code), ("quarantined", "customer_unknown"))
        self.branch.country_id = self.egypt
        self.run_jobs("_job_read_phones")
        self.assertEqual(known.first_phone_key, PHONE)
        self.take_in()
        self.assertEqual((event.state, event.order_id.partner_id), ("done", known))
        self.assertEqual(self.customer_of("ord-2", number="01000000202"), shared)
        self.assertEqual(self.customer_of("ord-3", number="+201000000202"), shared)

    def test_a_connection_for_a_company_reads_the_contacts_of_before(self):
        self.config.active = False
        known = self.contact(phone=LOCAL)
        # of nobody who sells anywhere: as in the company that one works in
        self.assertFalse(known.first_phone_key)
        self.config.create({"name": "Another", "company_id": self.branch.id})
        self.run_jobs("_job_read_phones")
        self.assertEqual(known.first_phone_key, PHONE)

# One token, two companies: an order's supplier code decides whose it is, and with that its company,
# warehouse, salesperson, team and payment terms.
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import TOKEN
from .inbound_common import InboundCase

SALES = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestOrderRouting(InboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Delta Wholesale"})
        cls.env.user.company_ids |= cls.company
        cls.seller = new_test_user(cls.env, "mp_delta", groups=SALES)
        cls.seller.write({"company_ids": [(6, 0, cls.company.ids)], "company_id": cls.company.id})
        cls.first, cls.second = cls.env["stock.warehouse"].create(
            [
                {"name": f"Delta {number}", "code": f"DLT{number}", "company_id": cls.company.id}
                for number in (1, 2)
            ]
        )
        cls.team = cls.env["crm.team"].create(
            {"name": "Delta", "company_id": cls.company.id, "use_quotations": True}
            if "use_quotations" in cls.env["crm.team"]._fields
            else {"name": "Delta", "company_id": cls.company.id}
        )
        cls.terms = cls.env["account.payment.term"].create({"name": "On the last day"})

    def setUp(self):
        super().setUp()
        self.config.supplier_code = "1"
        self.delta = self.env["marketplace.config"].create(
            {
                "name": "Delta",
                "company_id": self.company.id,
                "supplier_code": "2",
                "deployment": "supplier",
                "identity_source": "default_code",
                "scope_domain": self.config.scope_domain,
                "api_base_url": self.stub.url,
                "auth_token": TOKEN,
                "order_warehouse_id": self.second.id,
                "user_id": self.seller.id,
                "team_id": self.team.id,
                "payment_term_id": self.terms.id,
            }
        )
        self.delta._set_state("connected")
        self.delta.action_go_live()
        self.flush()

    def get_takers(self):
        return super().get_takers() | self.delta

    def found(self, remote_id):
        return self.env["sale.order"].search([("cartona_id", "=", remote_id)])

    def test_each_order_goes_to_its_own_account(self):
        self.listed = [self.order("a"), self.order("b", supplier_code="2")]
        self.poll()
        ours, theirs = self.found("a"), self.found("b")
        self.assertEqual((ours.company_id, ours.warehouse_id), (self.env.company, self.warehouse))
        self.assertEqual(
            (theirs.marketplace_config_id, theirs.company_id, theirs.warehouse_id),
            (self.delta, self.company, self.second),
        )
        self.assertEqual(
            (theirs.user_id, theirs.team_id, theirs.payment_term_id),
            (self.seller, self.team, self.terms),
        )
        self.assertFalse(ours.user_id)

    def test_an_order_is_confirmed_in_its_own_company(self):
        self.delta.confirm_policy = "always"
        self.receive(self.order("b", supplier_code="2"))
        order = self.found("b")
        self.assertEqual((order.state, order.picking_ids.company_id), ("sale", self.company))
        self.assertEqual(order.picking_ids.picking_type_id.warehouse_id, self.second)

    def test_stock_is_asked_for_in_the_order_s_own_company(self):
        self.delta.confirm_policy = "if_in_stock"
        self.receive(self.order("b", supplier_code="2"))
        self.assertEqual(self.found("b").state, "draft")
        for product in (self.oil, self.rice):
            self.env["stock.quant"]._update_available_quantity(
                product, self.second.lot_stock_id, 50
            )
        self.receive(self.order("c", supplier_code="2"))
        self.assertEqual(self.found("c").state, "sale")

    def test_without_a_warehouse_it_is_the_company_s_first(self):
        self.delta.order_warehouse_id = False
        self.delta.user_id = False
        self.receive(self.order("b", supplier_code="2"))
        wanted = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual(self.found("b").warehouse_id, wanted)

    def test_another_company_s_warehouse_or_people_can_t_be_chosen(self):
        for name, value in (
            ("order_warehouse_id", self.warehouse.id),
            ("notify_user_ids", [(6, 0, new_test_user(self.env, "mp_ours", groups=SALES).ids)]),
        ):
            with self.subTest(name=name), self.assertRaises(UserError):
                self.delta.write({name: value})

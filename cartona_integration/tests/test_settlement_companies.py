# A company settles with its own journal and accounts, whichever company the person works in.
from odoo.tests import tagged

from .outbound_common import OutboundCase


@tagged("post_install", "-at_install")
class TestSettlementCompanies(OutboundCase):
    def setUp(self):
        super().setUp()
        self.branch = self.env["res.company"].create(
            {"name": "Another Wholesaler", "country_id": self.env.ref("base.us").id}
        )
        self.env["account.chart.template"].try_loading(
            "generic_coa", self.branch, install_demo=False
        )
        self.env.user.company_ids += self.branch

    def test_each_company_settles_in_its_own_books(self):
        there = self.env(context={**self.env.context, "allowed_company_ids": [self.branch.id]})
        journal = there["account.journal"].create({"name": "S", "code": "SET", "type": "general"})
        config = there["marketplace.config"].create(
            {
                "name": "There",
                "company_id": self.branch.id,
                "deployment": "supplier",
                "settlement_journal_id": journal.id,
            }
        )
        order = there["sale.order"].create(
            {
                "partner_id": there["res.partner"].create({"name": "Shop"}).id,
                "marketplace_config_id": config.id,
                "cartona_credit": 30,
                "order_line": [
                    (0, 0, {"product_id": self.oil.id, "product_uom_qty": 1, "price_unit": 80})
                ],
            }
        )
        order.order_line[self.tax_field] = False
        order.action_confirm()
        invoice = order._create_invoices()
        here = [self.env.company.id, self.branch.id]
        invoice.with_context(allowed_company_ids=here).with_company(here[0]).action_post()
        entry = self.env["account.move"].search([("settled_order_id", "=", order.id)])
        self.assertEqual((entry.company_id, entry.journal_id), (self.branch, journal))
        partner = config.settlement_partner_id.with_company(self.branch)
        self.assertEqual(
            [(item.account_id, item.partner_id, item.balance) for item in entry.line_ids],
            [
                (partner.property_account_receivable_id, partner, 30.0),
                (
                    order.partner_id.with_company(self.branch).property_account_receivable_id,
                    order.partner_id,
                    -30.0,
                ),
            ],
        )
        self.assertEqual(invoice.amount_residual, 50)

    @property
    def tax_field(self):
        fields = self.env["sale.order.line"]._fields
        return "tax_ids" if "tax_ids" in fields else "tax_id"

# How the money that a marketplace pays and gets is booked: the fields of a connection. What is
# booked lies in marketplace_settlement.py.
from odoo import _, api, fields, models
from odoo.exceptions import UserError

SETTLEMENT_JOURNALS = ("bank", "cash", "general")


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    settlement_journal_id = fields.Many2one(
        "account.journal",
        check_company=True,
        domain=[("type", "in", SETTLEMENT_JOURNALS)],
        help="Posting an invoice registers here what the marketplace pays on the customer's "
        "behalf. Without one, nothing is registered.",
    )
    settlement_partner_id = fields.Many2one(
        "res.partner",
        "Settled With",
        check_company=True,
        default=lambda self: self._default_settlement_partner(),
        help="The marketplace in your books. What it owes you stands on this contact's receivable "
        "account, what you owe it on its payable account.",
    )
    settlement_income_id = fields.Many2one(
        "account.account",
        "Discounts It Bears",
        check_company=True,
        domain=[("account_type", "in", ("income", "income_other"))],
        help="The income account for discounts that the marketplace gives the customer and pays "
        "you. Without one, that of the invoice's journal.",
    )

    @api.model
    def _default_settlement_partner(self):
        """The contact that the addon brings for the platform, if people have left it."""
        platform = self.env.context.get("default_platform") or self._selection_platform()[0][0]
        return self.env.ref(f"cartona_integration.partner_{platform}", raise_if_not_found=False)

    def _get_settlement_accounts(self, invoice):
        """Where the marketplace's money is booked, in the invoice's company.

        :return: (partner, receivable, payable, income)
        :raise UserError: nobody has said where
        """
        partner = self.settlement_partner_id.commercial_partner_id.with_company(invoice.company_id)
        if not partner:
            raise UserError(
                _(
                    "The marketplace pays a part of %(document)s, and the connection "
                    '%(connection)s does not say who it is in your books. Fill in "Settled With" '
                    "there, or take out the settlement journal; then post it again.",
                    document=invoice.display_name,
                    connection=self.name,
                )
            )
        accounts = (
            partner.property_account_receivable_id,
            partner.property_account_payable_id,
            self.settlement_income_id or invoice.journal_id.default_account_id,
        )
        if not all(accounts):
            raise UserError(
                _(
                    "The marketplace pays a part of %(document)s, and there is no account to book "
                    "it on. Give %(partner)s a receivable and a payable account, and the journal "
                    "%(journal)s an income account; then post it again.",
                    document=invoice.display_name,
                    partner=partner.display_name,
                    journal=invoice.journal_id.display_name,
                )
            )
        return partner, *accounts

# What a marketplace's customer is known by besides what stands on the contact: what a person has
# said in "Choose the customer" or by merging two contacts, and the numbers that the intake has made
# contacts for. Called by marketplace.customer.
from odoo import api, fields, models

from .marketplace_customer import ENGINE


class MarketplaceCustomerKey(models.Model):
    _name = "marketplace.customer.key"
    _description = "Marketplace Customer Known By"
    _log_access = False
    _rec_name = "words"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    words = fields.Char("Known By")
    is_told = fields.Boolean(
        "Said by a Person",
        help="A person said so. Otherwise the contact was made for the number: it is found by what "
        "stands on it, and this only keeps a second one from being made at the same moment.",
    )

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS marketplace_customer_key_unique "
            "ON marketplace_customer_key (key, company_id)"
        )
        return super().init()

    @api.model
    def _find_told(self, company, keys):
        """:return: the contacts that people said these are"""
        told = self._find_rows(company, keys).filtered("is_told")
        return told.partner_id.filtered(lambda one: one.company_id in (company.browse(), company))

    @api.model
    def _find_rows(self, company, keys):
        return self.sudo().search([("company_id", "=", company.id), ("key", "in", keys)])

    @api.model
    def _claim(self, company, number, partner):
        """A contact was made for a number. A former one that had it has another one by now."""
        self._put(company, number, partner, {"is_told": False, "words": number})

    @api.model
    def _remember(self, company, key, partner, words):
        """A person said that this is the contact; the orders that wait for it follow."""
        self._put(company, key, partner, {"is_told": True, "words": words})
        if not self.env.context.get(ENGINE):
            self.env["marketplace.inbox"]._retry_needing({key})

    @api.model
    def _put(self, company, key, partner, values):
        values = {"partner_id": partner.id, **values}
        rows = self._find_rows(company, [key])
        if rows:
            rows.write(values)
        else:
            self.sudo().create({"company_id": company.id, "key": key, **values})

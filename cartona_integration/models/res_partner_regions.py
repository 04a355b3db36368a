# When a company gets another country, or a connection: the numbers of the contacts that have no
# country of their own are read anew, by a job, and then the orders that wait for a customer.
from odoo import api, models

from ..compat import PHONES
from ..const import INBOX_LANE, LANE_CHANNELS
from .marketplace_customer import CODES

# As many contacts as are held in memory at a time.
CHUNK = 1_000


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Companies have their country from their own contact."""
        result = super().write(vals)
        if "country_id" in vals:
            self.sudo().ref_company_ids._read_phones_later()
        return result


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    @api.model_create_multi
    def create(self, vals_list):
        configs = super().create(vals_list)
        configs.company_id._read_phones_later()
        return configs

    def write(self, vals):
        result = super().write(vals)
        if {"active", "company_id"} & vals.keys():
            self.company_id._read_phones_later()
        return result


class ResCompany(models.Model):
    _inherit = "res.company"

    def _read_phones_later(self):
        for company in self.sudo().filtered("marketplace_config_ids"):
            company.with_delay(
                channel=LANE_CHANNELS[INBOX_LANE],
                max_retries=0,
                identity_key=f"marketplace.phones:{company.id}",
                description=f"Read the phone numbers of {company.name}'s contacts",
            )._job_read_phones()

    def _job_read_phones(self):
        """Find out who is known by which number by now; entered by a job."""
        for company in self.exists():
            partners = company._find_contacts_without_country()
            for start in range(0, len(partners), CHUNK):
                partners[start : start + CHUNK]._renew_phones()
            waiting = [
                ("company_id", "=", company.id),
                ("state", "=", "quarantined"),
                ("cause_code", "in", CODES),
            ]
            self.env["marketplace.inbox"].sudo().search(waiting)._retry_later()

    def _find_contacts_without_country(self):
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        numbers = ("|", *((name, "!=", False) for name in PHONES))
        at_home = ("company_id", "in", (False, self.id))
        return partners.search([("country_id", "=", False), at_home, *numbers])

# What a change of a connection entails: whatever decides where calls go, and as whom, has been
# tested as it stood. Asked by writes of marketplace.config and marketplace.endpoint.
from odoo import _, api, models
from odoo.exceptions import UserError, ValidationError

from ..utils.addresses import AddressError, check_base_url
from ..utils.redact import MASK

_TESTED_FIELDS = ("api_base_url", "auth_header", "auth_scheme", "platform")


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def write(self, vals):
        self.filtered(lambda config: config._differs_from(vals))._require_test()
        if "company_id" in vals:
            self._check_company_stays(vals["company_id"])
        if vals.get("active") is False:
            # brought back, it waits for somebody to go live, who has everything compared
            for config in self.filtered(lambda config: config.state == "live"):
                config._set_state("paused")
        if "api_base_url" in vals:
            self._check_address(vals["api_base_url"])
            if vals.get("auth_token", MASK) == MASK:
                self._check_token_reentered(vals["api_base_url"])
        return super().write(vals)

    def _differs_from(self, vals):
        # nobody compares tokens: what is typed counts as another one
        return vals.get("auth_token", MASK) != MASK or any(
            name in vals and self[name] != vals[name] for name in _TESTED_FIELDS
        )

    def _require_test(self):
        """Nothing flows over a connection that is no longer the one that was tested."""
        for config in self:
            if config.state == "live":
                raise UserError(
                    _(
                        "The connection %s is live. Pause it first; after the change, test it "
                        "again.",
                        config.name,
                    )
                )
            if config.state != "draft":
                config._set_state("draft")

    def _check_company_stays(self, company_id):
        """What was listed and sold through a connection stays its company's."""
        listings = self.env["marketplace.listing"].sudo()
        for config in self:
            has_listings = listings.search_count([("config_id", "=", config.id)], limit=1)
            if has_listings and config.company_id.id != company_id:
                raise UserError(
                    _(
                        "The connection %(config)s has listings of %(company)s, so it stays with "
                        "that company. Archive it, and set up another one for the other company.",
                        config=config.name,
                        company=config.company_id.display_name,
                    )
                )

    @api.constrains("api_base_url")
    def _check_api_base_url(self):
        for config in self:
            self._check_address(config.api_base_url)

    @api.model
    def _check_address(self, address):
        api_client = self.env["marketplace.api"]
        try:
            check_base_url(address, api_client._get_trusted_hosts())
        except AddressError as error:
            raise ValidationError(api_client._explain(f"address_{error.code}")) from error

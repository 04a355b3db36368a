# What a connection's form says of its inbox: what needs somebody, what is about to be dealt with,
# and when the marketplace was last asked. Counted afresh whenever a form asks.
from odoo import api, fields, models


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    inbox_attention_count = fields.Integer("Need Attention", compute="_compute_inbox_counts")
    inbox_received_count = fields.Integer("Waiting Their Turn", compute="_compute_inbox_counts")
    last_poll_at = fields.Datetime("Last Asked", compute="_compute_last_poll", compute_sudo=True)
    poll_failures = fields.Integer("Asked in Vain", compute="_compute_last_poll", compute_sudo=True)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_inbox_counts(self):
        events = self.env["marketplace.inbox"]
        for field, domain in (
            ("inbox_attention_count", events._get_attention_domain()),
            ("inbox_received_count", [("state", "=", "received")]),
        ):
            domain = [("config_id", "in", self.ids), *domain]
            counts = dict(events._read_group(domain, ["config_id"], ["__count"]))
            for config in self:
                config[field] = counts.get(config, 0)

    def _compute_last_poll(self):
        """One connection asks for all that share its token."""
        for config in self:
            accounts = config._get_accounts() if config.id else config.browse()
            poll = self.env["marketplace.poll"].search(
                [("config_id", "in", accounts.ids)], order="started_at desc", limit=1
            )
            config.last_poll_at = poll.started_at
            config.poll_failures = poll.failures

    def action_open_inbox(self):
        """Show this connection's events, those that need somebody first of all."""
        action = self._open("action_marketplace_inbox")
        return action | {
            "context": {
                **action["context"],
                "search_default_attention": bool(self.inbox_attention_count),
            }
        }

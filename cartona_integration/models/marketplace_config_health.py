# How a connection is, in a few words for machines: what GET …/test tells whoever has the webhook
# secret, a monitoring for example. Asked by the controller and by the test of the webhooks.
import hashlib
import hmac

from odoo import models


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def _get_database_mark(self):
        """What tells this database from any other that has the same secrets, a copy of it for
        example; of no use to anybody else."""
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid", "")
        message = f"{self.env.cr.dbname} {uuid} {self.endpoint_key}".encode()
        return hmac.new((self.webhook_token or "").encode(), message, hashlib.sha256).hexdigest()

    def _get_health(self):
        """How the connection is, for whoever has its secret."""
        events = self.env["marketplace.inbox"]
        of_this = [("config_id", "=", self.id)]
        waiting = dict.fromkeys(("received", "held", "quarantined"), 0)
        domain = [*of_this, ("state", "in", list(waiting))]
        for state, count in events._read_group(domain, ["state"], ["__count"]):
            waiting[state] = count
        last = events.search([*of_this, ("source", "=", "webhook")], order="id desc", limit=1)
        poll = self.env["marketplace.poll"]._find(self._get_poller() or self)
        return {
            "state": self.state,
            "modes": {
                "prices": self.price_mode,
                "stock": self.stock_mode,
                "orders": self.order_mode,
                "statuses": self.status_mode,
            },
            "signed": self.webhook_signing,
            "events": waiting,
            "last_poll": _as_text(poll.finished_at),
            "last_webhook": _as_text(last.create_date),
            "database": self._get_database_mark(),
        }


def _as_text(moment):
    return moment.isoformat() + "Z" if moment else None

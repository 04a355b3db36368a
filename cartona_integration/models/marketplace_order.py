# What we know of one order over there: what was applied of it last, and what the marketplace's own
# list said last. Engine-written, so that nobody's form save meets it; one row an order.
from odoo import api, fields, models

from ..const import ORDER_STATUSES


class MarketplaceOrder(models.Model):
    _name = "marketplace.order"
    _description = "Marketplace Order State"
    _log_access = False
    _rec_name = "remote_id"

    config_id = fields.Many2one("marketplace.config", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True)
    remote_id = fields.Char(required=True)
    order_id = fields.Many2one("sale.order", ondelete="set null", index=True)
    status = fields.Selection(ORDER_STATUSES, required=True)
    digest = fields.Char()
    listed_status = fields.Selection(ORDER_STATUSES)
    listed_digest = fields.Char()
    applied_at = fields.Datetime(required=True, default=fields.Datetime.now)

    _sql_constraints = [
        ("order_unique", "unique (config_id, remote_id)", "An order is known once."),
    ]

    @api.model
    def _find(self, config, remote_id):
        return self.search([("config_id", "=", config.id), ("remote_id", "=", remote_id)])

    @api.model
    def _note_applied(self, config, event, order):
        """An event is now what the sales order says."""
        values = {"status": event.status, "applied_at": fields.Datetime.now()}
        if event.digest:
            values |= {"digest": event.digest, "order_id": order.id}
        known = self._find(config, event.remote_id)
        if known:
            known.write(values)
            return known
        return self.create(
            {
                "config_id": config.id,
                "company_id": config.company_id.id,
                "remote_id": event.remote_id,
                **values,
            }
        )

    def _note_listed(self, event):
        self.write({"listed_status": event.status, "listed_digest": event.digest})

    def _is_listed(self, event):
        """Whether the marketplace's own list said the same when it was last asked."""
        return event.status == self.listed_status and event.digest in (None, self.listed_digest)

    def _get_only_account(self):
        """The connection that the order is known by, if it is known by one alone."""
        return self.config_id if len(self.config_id) == 1 else self.config_id.browse()

# Tells people about new orders, and reminds them of those that nobody has answered: first the
# salesperson, then the managers, once each. Entered by a cron every minute, so that it costs the
# import nothing; what was told stands in the engine's own table.
import logging
from datetime import timedelta

import psycopg2

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..unforeseen import UNFORESEEN
from .marketplace_order_people import ESCALATED, PENDING

_logger = logging.getLogger(__name__)

# At most so many of each in one run; the next one is a minute later.
BATCH = 100
# After a day nobody wants to hear that an order is new.
NEWS_LIMIT = timedelta(days=1)
QUOTATION = ("draft", "sent")


class MarketplaceOrder(models.Model):
    _inherit = "marketplace.order"

    is_new = fields.Boolean(help="Somebody is to be told about it.")
    reminded_at = fields.Datetime(help="When somebody was reminded that nobody has answered.")
    escalated_at = fields.Datetime(help="When managers were called, as it still was so.")

    def init(self):
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS marketplace_order_new_idx "
            "ON marketplace_order (config_id) WHERE is_new"
        )
        return super().init()

    @api.model_create_multi
    def create(self, vals_list):
        configs = self.env["marketplace.config"]
        return super().create(
            [
                vals | {"is_new": bool(configs.browse(vals["config_id"]).notify_user_ids)}
                for vals in vals_list
            ]
        )


class MarketplaceOrderWatch(models.AbstractModel):
    _name = "marketplace.order.watch"
    _description = "Marketplace Order Watch"

    @api.model
    def _cron_watch(self):
        for config in self.env["marketplace.config"].search([("active", "=", True)]):
            self._each("_tell", self._find([("config_id", "=", config.id), ("is_new", "=", True)]))
            waited = config.pending_alert_minutes
            if waited:
                due = [("reminded_at", "=", False), ("order_id.create_date", "<=", _ago(waited))]
                self._each("_remind", self._find_pending(config, due))
            waited = config.pending_escalation_minutes
            if waited:
                due = [("escalated_at", "=", False), ("reminded_at", "<=", _ago(waited))]
                self._each("_escalate", self._find_pending(config, due))

    @api.model
    def _find_pending(self, config, due):
        """Orders that nobody has answered."""
        return self._find(
            [
                ("config_id", "=", config.id),
                ("status", "=", "pending"),
                ("order_id.state", "in", QUOTATION),
                *due,
            ]
        )

    @api.model
    def _find(self, domain):
        return self.env["marketplace.order"].search(domain, order="id", limit=BATCH).ids

    @api.model
    def _each(self, method, ids):
        """Each in a transaction of its own: orders are written by others, too, and one that can't
        be told of keeps no other back."""
        for one_id in ids:
            try:
                with self.env["marketplace.flush"]._fresh() as fresh:
                    known = fresh.env["marketplace.order"].browse(one_id).exists()
                    getattr(fresh.env[self._name], method)(known)
            except psycopg2.OperationalError as error:
                _logger.info("Order state %s is told of a minute later: %s", one_id, error)
            except (UserError, *UNFORESEEN):
                _logger.exception("Nobody could be told about order state %s", one_id)

    @api.model
    def _tell(self, known):
        """To those whom the connection names: there is a new order."""
        order = known.order_id
        known.is_new = False
        if not order or order.state == "cancel" or order.create_date < _ago(0) - NEWS_LIMIT:
            return
        users = known.config_id.notify_user_ids
        for user in self.env["marketplace.order.people"]._filter_able(order, users):
            words = self.with_context(lang=user.lang)
            order.with_context(lang=user.lang, mail_notify_force_send=False).message_notify(
                partner_ids=user.partner_id.ids,
                subject=words._word_subject(order),
                body=words._word_body(order),
            )

    @api.model
    def _word_subject(self, order):
        return _("New order from the marketplace: %s", order.name)

    @api.model
    def _word_body(self, order):
        return _(
            "%(customer)s has ordered for %(amount)s.",
            customer=order.partner_id.name,
            amount=formatLang(self.env, order.amount_total, currency_obj=order.currency_id),
        )

    @api.model
    def _remind(self, known):
        """To the order's salesperson: nobody has answered it."""
        known.reminded_at = fields.Datetime.now()
        people = self.env["marketplace.order.people"]
        self._ask_all(known.order_id, PENDING, people._get_responsible(known.order_id))

    @api.model
    def _escalate(self, known):
        """To the managers: nobody has answered it although somebody was reminded."""
        known.escalated_at = fields.Datetime.now()
        self._ask_all(known.order_id, ESCALATED, known.config_id._get_managers())

    @api.model
    def _ask_all(self, order, activity_type, users):
        people = self.env["marketplace.order.people"]
        for user in people._filter_able(order, users):
            people._ask(order, activity_type, user, people._word_pending(order, user))


def _ago(minutes):
    return fields.Datetime.now() - timedelta(minutes=minutes)

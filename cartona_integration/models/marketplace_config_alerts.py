# What managers are called for: each alert is an activity on the connection, in each manager's own
# language, and stands there once until somebody deals with it.
from odoo import _, models

from ..compat import get_members
from ..const import ALERT_PRICE_CHANGE

_TYPES = {ALERT_PRICE_CHANGE: "cartona_integration.mail_activity_price_change"}
_USUAL_TYPE = "mail.mail_activity_data_todo"


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def _call_managers(self, alert, code=""):
        """An activity for every manager of the company, unless he has the same one already.

        :param alert: which alert
        :param code: what it came of, where an alert has several reasons
        """
        for manager in self._get_managers():
            config = self.with_context(lang=manager.lang)
            summary, note = config._word_alert(alert)
            open_ones = self.activity_ids.filtered(lambda one, user=manager: one.user_id == user)
            if summary not in open_ones.mapped("summary"):
                config.activity_schedule(
                    _TYPES.get(alert, _USUAL_TYPE),
                    user_id=manager.id,
                    summary=summary,
                    note=note or config.env["marketplace.api"]._explain(code),
                )

    def _get_managers(self):
        members = get_members(self.env.ref("cartona_integration.group_marketplace_manager"))
        return members.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )

    def _dismiss_alert(self, alert):
        """What the alert was about is dealt with."""
        self.activity_feedback([_TYPES[alert]])

    def _word_alert(self, alert):
        """:return: (summary, what it means and what to do)"""
        return {
            "paused": (_("The marketplace connection is paused"), ""),
            "nothing_through": (_("Nothing gets through to the marketplace"), ""),
            "runner_dead": (
                _("The job runner does not run"),
                _(
                    "Prices and stock now wait up to a minute. Ask whoever runs this server "
                    "to load queue_job in server_wide_modules and to start its job runner."
                ),
            ),
            ALERT_PRICE_CHANGE: (
                _("Price changes wait for you"),
                _(
                    "Prices changed by more than this connection lets through by itself. Open "
                    "Price Changes above and approve or reject them; until then the marketplace "
                    "keeps the old prices."
                ),
            ),
        }[alert]

# What managers are called for: each alert is an activity on the connection, in each manager's own
# language, and stands there once until somebody deals with it. Alerts are jobs of their own: what
# people see and follow is written by many, and a flush must not fail by it.
from odoo import SUPERUSER_ID, _, api, models

from ..compat import get_members
from ..const import ALERT_EMPTY_CATALOGUE, ALERT_EVENTS, ALERT_PRICE_CHANGE, ROOT_CHANNEL

_TYPES = {
    ALERT_EVENTS: "cartona_integration.mail_activity_event",
    ALERT_PRICE_CHANGE: "cartona_integration.mail_activity_price_change",
}
_USUAL_TYPE = "mail.mail_activity_data_todo"


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def _call_managers(self, alert, code=""):
        """Let every manager of the company know.

        :param alert: which alert
        :param code: what it came of, where an alert has several reasons
        """
        if self._find_uncalled(alert):
            self.with_delay(
                channel=ROOT_CHANNEL,
                identity_key=f"marketplace.alert:{self.id}:{alert}",
                max_retries=0,
                description=f"Call the managers of connection {self.id}: {alert}",
            )._job_call_managers(alert, code)

    def _job_call_managers(self, alert, code):
        """An activity for every manager who has not the same one already; entered by a job. One
        after the other, each looking after the last one has committed."""
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext('marketplace.alert'), %s)", [self.id]
        )
        with self.env.registry.cursor() as cr:
            config = api.Environment(cr, SUPERUSER_ID, {})["marketplace.config"].browse(self.id)
            config.exists()._call_now(alert, code)

    def _call_now(self, alert, code=""):
        for manager in self._find_uncalled(alert):
            config = self.with_context(lang=manager.lang)
            summary, note = config._word_alert(alert)
            config.activity_schedule(
                _TYPES.get(alert, _USUAL_TYPE),
                user_id=manager.id,
                summary=summary,
                note=note or config.env["marketplace.api"]._explain(code),
            )

    def _find_uncalled(self, alert):
        """Managers without this alert."""
        return self._get_managers().filtered(
            lambda manager: (
                self.with_context(lang=manager.lang)._word_alert(alert)[0]
                not in self.activity_ids.filtered(lambda one: one.user_id == manager).mapped(
                    "summary"
                )
            )
        )

    def _get_managers(self):
        if not self:
            return self.env["res.users"]
        members = get_members(self.env.ref("cartona_integration.group_marketplace_manager"))
        return members.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )

    def _dismiss_alert(self, alert):
        """What the alert was about is dealt with."""
        self.activity_feedback([_TYPES[alert]])

    @api.model
    def _settle_alerts(self):
        """Whoever was called is done once nothing waits for him any more, however that came."""
        for alert, activity_type in _TYPES.items():
            called = self.env["mail.activity"].search(
                [
                    ("res_model", "=", self._name),
                    ("activity_type_id", "=", self.env.ref(activity_type).id),
                ]
            )
            for config in self.browse(set(called.mapped("res_id"))).exists():
                if not config._is_anybody_needed(alert):
                    config._dismiss_alert(alert)

    def _is_anybody_needed(self, alert):
        if alert == ALERT_EVENTS:
            return bool(self.inbox_attention_count)
        return bool(self.price_change_count)

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
            ALERT_EMPTY_CATALOGUE: (
                _("None of your products stands in the marketplace's catalogue"),
                _(
                    "The marketplace showed a catalogue without any of the products that are in "
                    "step, which may be its mistake: nothing was changed here. Look at the "
                    "marketplace; if they are really gone, choose them in Listings and press "
                    "Send again."
                ),
            ),
            "no_orders": (_("The marketplace can't be asked for orders"), ""),
            ALERT_EVENTS: (
                _("Orders from the marketplace wait for you"),
                _(
                    "Some orders could not be taken in by themselves. Open the inbox: it says of "
                    "each what is wrong and what to do."
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

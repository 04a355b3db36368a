# One row per exchange with a marketplace: what was said, what came of it, about which records.
# Written by marketplace.api, read by people; nothing decides anything by it.
import json
from datetime import timedelta
from urllib.parse import urlsplit

from odoo import _, api, fields, models

from ..const import LOG_DAYS, PARAM_LOG_DAYS, TOPICS
from ..utils.redact import loggable_body, redact_text
from ..utils.redaction_filter import redacting_filter
from .retention import get_days

GC_BATCH = 5_000


class MarketplaceSyncLog(models.Model):
    _name = "marketplace.sync.log"
    _description = "Marketplace Exchange"
    _order = "id desc"
    _log_access = False
    _rec_name = "path"

    config_id = fields.Many2one(
        "marketplace.config", string="Connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", index=True)
    create_date = fields.Datetime("Time", required=True, index=True, default=fields.Datetime.now)
    direction = fields.Selection(
        [("out", "To the marketplace"), ("in", "From the marketplace")],
        required=True,
        default="out",
    )
    topic = fields.Selection(TOPICS, required=True, index=True)
    method = fields.Char()
    path = fields.Char("Call")
    state = fields.Selection(
        [
            ("done", "Done"),
            ("partly", "Partly refused"),
            ("refused", "Refused"),
            ("failed", "Failed"),
            ("observed", "Observed, not sent"),
        ],
        string="Outcome",
        required=True,
        index=True,
    )
    status_code = fields.Integer("HTTP Status")
    duration = fields.Float("Seconds", digits=(16, 3))
    error_code = fields.Char()
    error_detail = fields.Char("Technical Reason")
    message = fields.Char("Explanation", compute="_compute_message")
    request_body = fields.Text("Sent")
    response_body = fields.Text("Received")
    res_model = fields.Char("Record Type")
    res_ids = fields.Json("Records")
    res_count = fields.Integer("Number of Records")
    refused_count = fields.Integer("Refused Records")
    res_id = fields.Integer("Record ID", compute="_compute_res_id", search="_search_res_id")

    def init(self):
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS marketplace_sync_log_res_ids_idx "
            "ON marketplace_sync_log USING gin (res_ids jsonb_path_ops)"
        )

    @api.depends("error_code", "refused_count", "res_count")
    @api.depends_context("lang")
    def _compute_message(self):
        api_client = self.env["marketplace.api"]
        for log in self:
            log.message = api_client._explain(log.error_code) if log.error_code else False
            if log.refused_count:
                log.message = _(
                    "The marketplace refused %(refused)s of %(total)s records. Its reasons stand "
                    "in its answer, and on the listings.",
                    refused=log.refused_count,
                    total=log.res_count,
                )

    @api.depends("res_ids")
    def _compute_res_id(self):
        for log in self:
            log.res_id = log.res_ids[0] if log.res_ids and len(log.res_ids) == 1 else 0

    @api.model
    def _search_res_id(self, operator, value):
        """Find the exchanges that were about a record, alone or among others."""
        if operator not in ("=", "in"):
            raise NotImplementedError(_("Search exchanges by equal record ids only."))
        ids = value if operator == "in" else [value]
        self.env.cr.execute(
            "SELECT id FROM marketplace_sync_log WHERE res_ids @> ANY (%s::jsonb[])",
            [[json.dumps([int(res_id)]) for res_id in ids]],
        )
        return [("id", "in", [row[0] for row in self.env.cr.fetchall()])]

    @api.depends("path", "topic")
    def _compute_display_name(self):
        topics = dict(self._fields["topic"]._description_selection(self.env))
        for log in self:
            log.display_name = f"{topics.get(log.topic, '')} #{log.id}"

    @api.model
    def _record(self, config, request, exchange, records=None):
        """Keep one exchange.

        :param request: the ApiRequest
        :param exchange: the transport's Exchange
        :param records: the records it was about
        """
        secrets = redacting_filter.secrets
        error = exchange.error
        received = exchange.answer.payload if exchange.answer else exchange.raw
        if isinstance(received, bytes):
            received = received.decode("utf-8", errors="replace")
        return self.sudo().create(
            {
                "config_id": config.id,
                "company_id": config.company_id.id,
                "topic": request.topic,
                "method": request.method,
                "path": redact_text(urlsplit(exchange.call.url).path, secrets),
                "state": "failed" if error else "done",
                "status_code": exchange.status,
                "duration": exchange.duration,
                "error_code": error and error.code,
                "error_detail": error and redact_text(error.detail, secrets),
                "request_body": loggable_body(request.payload or request.params, secrets),
                "response_body": loggable_body(received, secrets),
                "res_model": records._name if records else False,
                "res_ids": records.ids if records else False,
                "res_count": len(records) if records else 0,
            }
        )

    def _note_verdicts(self, verdicts):
        """An answer that refuses every record, or some, was no success."""
        refusals = [verdict for verdict in verdicts if verdict.code]
        if self.state == "done" and refusals:
            self.write(
                {
                    "state": "refused" if len(refusals) == len(verdicts) else "partly",
                    "refused_count": len(refusals),
                    "error_detail": redact_text(refusals[0].detail, redacting_filter.secrets),
                }
            )

    def _note_failure(self, error):
        """An answer that came, and could not be made sense of."""
        if self.state == "done":
            detail = redact_text(error.detail, redacting_filter.secrets)
            self.write({"state": "failed", "error_code": error.code, "error_detail": detail})

    @api.model
    def _record_observed(self, config, request, records):
        """Keep what would have been sent."""
        return self.sudo().create(
            {
                "config_id": config.id,
                "company_id": config.company_id.id,
                "topic": request.topic,
                "method": request.method,
                "path": request.endpoint,
                "state": "observed",
                "request_body": loggable_body(request.payload, redacting_filter.secrets),
                "res_model": records._name,
                "res_ids": records.ids,
                "res_count": len(records),
            }
        )

    def action_open_records(self):
        """Show the records that this exchange was about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Records of this exchange"),
            "res_model": self.res_model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.res_ids or [])],
        }

    @api.autovacuum
    def _gc_old_exchanges(self):
        """Forget exchanges older than the retention, in batches."""
        days = get_days(self.env, PARAM_LOG_DAYS, LOG_DAYS)
        limit = fields.Datetime.now() - timedelta(days=days)
        deleted = GC_BATCH
        while deleted == GC_BATCH:
            self.env.cr.execute(
                "DELETE FROM marketplace_sync_log WHERE id IN "
                "(SELECT id FROM marketplace_sync_log WHERE create_date < %s ORDER BY id LIMIT %s)",
                [limit, GC_BATCH],
            )
            deleted = self.env.cr.rowcount

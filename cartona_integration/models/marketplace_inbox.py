# The inbox: every order and status that arrived, raw, before anything is done with it, and what
# became of it. Written by marketplace_inbox_receive.py and marketplace.intake, looked at by people.
from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..compat import check_access
from ..const import (
    BY_PERSON,
    FIRST_SEEN_DELIVERED,
    INBOX_LANE,
    INBOX_STATES,
    INBOX_TRANSITIONS,
    ORDER_STATUSES,
    TWO_VERSIONS,
    UNDECIDED_CODE,
)
from ..utils.transitions import may_follow

# What only waits for something else to happen is not decided about by trying it again.
_TO_DECIDE = {FIRST_SEEN_DELIVERED, TWO_VERSIONS, UNDECIDED_CODE}


class MarketplaceInbox(models.Model):
    _name = "marketplace.inbox"
    _description = "Marketplace Event"
    _order = "id desc"
    _log_access = False
    _rec_name = "remote_id"

    config_id = fields.Many2one(
        "marketplace.config", string="Connection", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    create_date = fields.Datetime("Arrived", required=True, default=fields.Datetime.now)
    kind = fields.Selection([("order", "Order"), ("status", "Status")], required=True)
    source = fields.Selection(
        [
            ("webhook", "Webhook"),
            ("poll", "Asked for"),
            ("manual", "Fetched by hand"),
            ("replay", "Replayed"),
        ],
        required=True,
    )
    remote_id = fields.Char("Order on Marketplace", required=True)
    shard = fields.Integer(required=True)
    payload = fields.Text("As It Arrived", required=True)
    fingerprint = fields.Char(required=True)
    status = fields.Selection(ORDER_STATUSES, "Status on Marketplace")
    digest = fields.Char(help="What the order is, whatever its status and the spelling.")

    state = fields.Selection(INBOX_STATES, required=True, default="received")
    # never empty: PostgreSQL puts what is empty behind everything else
    attempts = fields.Integer(required=True, default=0)
    due = fields.Datetime(required=True, default=fields.Datetime.now)
    cause_code = fields.Char()
    cause_detail = fields.Char("Details")
    cause = fields.Char("Explanation", compute="_compute_cause")
    decided = fields.Boolean(help="A person wants this version, whatever the marketplace lists.")
    done_at = fields.Datetime("Dealt With")
    pulled_at = fields.Datetime(help="When the marketplace was last asked and said exactly this.")
    acked_pull = fields.Datetime(help="The marketplace knows that what it said then has arrived.")
    ack_refusal = fields.Char("Refused Acknowledgement")
    order_id = fields.Many2one("sale.order", "Sales Order", ondelete="set null", index=True)
    cause_model = fields.Char()
    cause_id = fields.Integer()

    def init(self):
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS marketplace_inbox_order_idx "
            "ON marketplace_inbox (config_id, remote_id, id)"
        )
        # What waits is little, whatever number of orders there has been.
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS marketplace_inbox_waiting_idx "
            "ON marketplace_inbox (config_id, shard, due) WHERE state = 'received'"
        )
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS marketplace_inbox_open_idx "
            "ON marketplace_inbox (config_id, state) WHERE state IN ('held', 'quarantined')"
        )

    @api.depends("remote_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.display_name = f"{kinds.get(event.kind, '')} {event.remote_id or '?'}"

    @api.depends("cause_code")
    @api.depends_context("lang")
    def _compute_cause(self):
        for event in self:
            code = event.cause_code
            event.cause = code and self.env["marketplace.api"]._explain(code)

    def action_replay(self):
        """Deal with these events again, as if they arrived now."""
        for event in self._get_decidable():
            # a version that was held for want of a decision has been decided for
            is_decided = event.state == "held" and event.cause_code in _TO_DECIDE
            event._set_state("received", decided=is_decided, source="replay")
            event._wake()
        return True

    def action_ignore(self):
        """Do nothing with these events, and let the marketplace know that they have arrived."""
        for event in self._get_decidable():
            event._set_state("ignored", BY_PERSON)
            event._supersede()
            event._acknowledge()
        return True

    def _get_decidable(self):
        """Whoever may see events may decide about them, and change nothing else of them."""
        check_access(self, "read")
        return self.sudo()

    def action_open_order(self):
        """Show the sales order that was made of this event."""
        self.ensure_one()
        if not self.order_id:
            raise UserError(_("There is no sales order of it yet."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }

    def action_open_cause(self):
        """Show the record that keeps this event from being dealt with."""
        self.ensure_one()
        if not self.cause_model:
            raise UserError(_("It is about no record of this Odoo."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.cause_model,
            "res_id": self.cause_id,
            "views": [(False, "form")],
        }

    def _set_state(self, state, cause_code=False, cause_detail=False, **values):
        """Move on, by the table of states.

        :raise UserError: it can't go there from where it is
        """
        self.ensure_one()
        if not may_follow(INBOX_TRANSITIONS, self.state, state):
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                _(
                    "An event that is %(now)s can't become %(wanted)s.",
                    now=labels[self.state],
                    wanted=labels[state],
                )
            )
        now = fields.Datetime.now()
        reopened = {"attempts": 0, "due": now, "done_at": False} if state == "received" else {}
        self.write(
            {
                "state": state,
                "cause_code": cause_code,
                "cause_detail": cause_detail,
                "cause_model": False,
                "cause_id": False,
                "done_at": now,
                **reopened,
                **values,
            }
        )

    def _wake(self):
        shards = {(event.config_id.id, INBOX_LANE, event.shard) for event in self}
        self.env["marketplace.wake"]._wake_after_commit(shards)

# How long events are kept, by their age and their state.
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..const import PARAM_INBOX_DAYS
from .inbound_common import InboundCase

STATES = ("received", "done", "held", "quarantined", "ignored")


@tagged("post_install", "-at_install")
class TestInboxRetention(InboundCase):
    def make(self, state, days, pulled_days=None):
        now = fields.Datetime.now()
        return self.env["marketplace.inbox"].create(
            {
                "config_id": self.config.id,
                "company_id": self.config.company_id.id,
                "kind": "order",
                "source": "poll",
                "remote_id": f"{state}-{days}",
                "shard": 0,
                "payload": "{}",
                "fingerprint": "f",
                "state": state,
                "create_date": now - timedelta(days=days),
                "pulled_at": pulled_days is not None and now - timedelta(days=pulled_days),
            }
        )

    def kept(self, events):
        self.env.flush_all()
        self.env["marketplace.inbox"]._gc_old_events()
        return sorted(events.exists().mapped("remote_id"))

    def test_what_was_dealt_with_goes_first_and_what_waits_much_later(self):
        events = self.env["marketplace.inbox"]
        for state in STATES:
            for days in (89, 91, 361):
                events |= self.make(state, days)
        self.assertEqual(
            self.kept(events),
            [
                *("done-89", "held-89", "held-91", "ignored-89"),
                *("quarantined-89", "quarantined-91"),
                *("received-361", "received-89", "received-91"),
            ],
        )

    def test_what_the_marketplace_still_lists_is_kept(self):
        self.assertEqual(self.kept(self.make("done", 200, pulled_days=1)), ["done-200"])

    def test_a_number_that_is_none_or_nothing_costs_no_open_event(self):
        events = self.make("quarantined", 3) | self.make("done", 3)
        for told, kept in (("²", ["done-3", "quarantined-3"]), ("0", ["quarantined-3"])):
            self.env["ir.config_parameter"].set_param(PARAM_INBOX_DAYS, told)
            self.assertEqual(self.kept(events), kept, told)

    def test_the_administrator_chooses_how_long(self):
        self.env["ir.config_parameter"].set_param(PARAM_INBOX_DAYS, "10")
        self.assertEqual(self.kept(self.make("done", 11) | self.make("done", 9)), ["done-9"])

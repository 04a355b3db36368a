# Deals with one event: reads it, tells whether it is news, and has it applied. Entered by
# marketplace.intake, which keeps others off the same order meanwhile. What becomes of an order's
# customer, lines and money lies in marketplace_order_writer.py.
from dataclasses import replace

from odoo import api, models

from ..const import (
    FIRST_SEEN_DELIVERED,
    NOT_TAKEN,
    REPEATED,
    STALE_CODE,
    STATUS_RANKS,
    UNDECIDED_CODE,
)
from ..exceptions import Unusable
from ..utils.exact_json import loads
from ..utils.precedence import APPLY, DUPLICATE, STALE, UNDECIDED, decide

# Of an order whose sender names no status.
FIRST_STATUS = "pending"


class MarketplaceOrderProcessor(models.AbstractModel):
    _name = "marketplace.order.processor"
    _description = "Marketplace Order Processor"

    @api.model
    def _process(self, config, event):
        """Do what an event asks for, and move it on.

        :raise Unusable: it can't be used as it is
        """
        remote = self._parse(config, event)
        event.write({"status": remote.status, "digest": remote.digest})
        if self._hand_over(config, event, remote):
            return
        known = self.env["marketplace.order"]._find(config, event.remote_id)
        if config.order_mode in NOT_TAKEN:
            if not known:
                self._rehearse(config, remote)
            event._set_state("held", NOT_TAKEN[config.order_mode])
            return
        if known and not known.order_id and event.source == "replay" and remote.digest:
            # somebody has deleted the quotation, and wants it back
            known.unlink()
            known = known.browse()
        if known and event._is_last_pulled():
            known._note_listed(remote)
        if known:
            self._compare(config, event, remote, known)
        elif event.kind == "status":
            event._set_state("held", "order_unknown")
            self.env["marketplace.poll"]._ask_soon(config)
        else:
            self._begin(config, event, remote)
        event._acknowledge()

    @api.model
    def _parse(self, config, event):
        adapter = self.env["marketplace.adapter"]._for(config)
        parse = adapter._parse_order if event.kind == "order" else adapter._parse_status
        remote = parse(loads(event.payload))
        if remote.status:
            return remote
        known = self.env["marketplace.order"]._find(config, remote.remote_id)
        return replace(remote, status=known.status or FIRST_STATUS)

    @api.model
    def _hand_over(self, config, event, remote):
        """:return: whether the event is another account's, which gets it
        :raise Unusable: nobody knows whose it is
        """
        account = config._find_account(remote.supplier_code, remote.remote_id)
        if not account and event.kind == "status" and not remote.supplier_code:
            # it came before its order, which says whose it is
            return False
        if not account:
            raise Unusable("foreign_supplier", remote.supplier_code)
        if account != config:
            event.write(
                {
                    "config_id": account.id,
                    "company_id": account.company_id.id,
                    "attempts": 0,
                    "due": event.create_date,
                }
            )
            event._wake()
        return account != config

    @api.model
    def _rehearse(self, config, remote):
        """Where orders are only observed: find out what would come of one, and take it back.

        :raise Unusable: it would not become a sales order
        """
        if config.order_mode == "observe" and remote.digest:
            with self.env.cr.savepoint() as undo:
                self.env["marketplace.order.writer"]._create_order(config, remote)
                self.env.flush_all()
                undo.rollback()

    @api.model
    def _begin(self, config, event, remote):
        """The order's first event."""
        if remote.status == "delivered" and not event.decided:
            event._set_state("held", FIRST_SEEN_DELIVERED)
            return
        order = self.env["marketplace.order.writer"]._create_order(config, remote)
        known = self.env["marketplace.order"]._note_applied(config, remote, order)
        if event._is_last_pulled():
            known._note_listed(remote)
        self._finish(event, order)
        self._reopen_waiting(event)

    @api.model
    def _reopen_waiting(self, event):
        """What came before its order did can be dealt with now, whichever account got it."""
        waiting = event.search(
            [
                ("config_id", "in", event.config_id._get_accounts().ids),
                ("remote_id", "=", event.remote_id),
                ("state", "=", "held"),
                ("cause_code", "in", ("order_unknown", FIRST_SEEN_DELIVERED)),
            ]
        )
        for early in waiting:
            early._set_state("received")
        waiting._wake()

    @api.model
    def _compare(self, config, event, remote, known):
        """An event of an order that is here already."""
        verdict = decide(
            (remote.status, remote.digest),
            (known.status, known.digest),
            STATUS_RANKS,
            is_listed=event.decided or known._is_listed(remote),
        )
        order = known.order_id
        if verdict == APPLY:
            if not order:
                raise Unusable("order_deleted")
            is_edited = remote.digest not in (None, known.digest)
            self.env["marketplace.order.writer"]._update_order(config, order, remote, is_edited)
            known._note_applied(config, remote, order)
        if verdict == UNDECIDED:
            event._set_state("held", UNDECIDED_CODE, order_id=order.id)
            self.env["marketplace.poll"]._ask_soon(config)
            return
        if verdict == STALE:
            self._check_not_moved_back(event, known)
            event._set_state("ignored", STALE_CODE, order_id=order.id)
            return
        self._finish(event, order, verdict == DUPLICATE and "duplicate")

    @api.model
    def _check_not_moved_back(self, event, known):
        """:raise Unusable: the list was asked after what is known had been applied, and yet it says
        something that comes before it"""
        if event._is_last_pulled() and known.applied_at < event.pulled_at:
            detail = f"{known.status} → {event.status}"
            raise Unusable("moved_back", detail, record=known.order_id)

    @api.model
    def _finish(self, event, order, cause=False):
        event._set_state("done", cause, order_id=order.id)
        for twin in event._find_twins():
            twin._set_state("ignored", REPEATED)
        event._supersede()

# How events get into the inbox: taken apart, sorted to the account that they are for, stored.
# Called by the webhooks' controller and by the poll; nothing of an order is read here but whose it
# is.
import zlib
from datetime import timedelta

from odoo import api, fields, models

from ..const import CRASHED, REPEATED, SHARDS, STALE_CODE, STATUS_RANKS
from ..utils.exact_json import dumps, fingerprint

REST_AFTER_CRASH = timedelta(hours=1)


class MarketplaceInbox(models.Model):
    _inherit = "marketplace.inbox"

    @api.model
    def _receive(self, config, kind, elements, source, asked_at=None):
        """Keep what arrived, one row for each order, and wake whoever deals with it.

        :param str kind: order or status
        :param elements: what ``_split_events`` of the config's adapter returned
        :param source: how it came
        :param asked_at: when the marketplace was asked, if it was
        :return: (the rows, how many of the elements say something new)
        """
        adapter = self.env["marketplace.adapter"]._for(config)
        values = []
        for element in elements:
            remote_id, supplier_code = adapter._identify(element)
            account = config._find_account(supplier_code, remote_id) or config
            values.append(self._get_values(account, kind, element, source, remote_id, asked_at))
        return self._keep_pulled(values) if asked_at else (self._keep(values), len(values))

    @api.model
    def _get_values(self, account, kind, element, source, remote_id, asked_at):
        return {
            "config_id": account.id,
            "company_id": account.company_id.id,
            "kind": kind,
            "source": source,
            "remote_id": remote_id,
            "shard": get_shard(remote_id),
            "payload": dumps(element),
            "fingerprint": fingerprint(element),
            "pulled_at": asked_at,
        }

    @api.model
    def _keep(self, values):
        rows = self.create(values)
        rows._wake()
        return rows

    @api.model
    def _keep_pulled(self, values):
        """The marketplace lists an order until it knows that it has arrived: what it said before
        is kept once."""
        known = self._find_last_pulled(values)
        rows, new = self.browse(), []
        for row in values:
            last = known.get(_get_key(row), self.browse())
            if last.fingerprint == row["fingerprint"]:
                last._see_again(row["pulled_at"])
                rows |= last
            else:
                new.append(row)
        return rows | self._keep(new), len(new)

    @api.model
    def _find_last_pulled(self, values):
        """:return: dict {key: the row of that order that the marketplace listed last}"""
        self.env.cr.execute(
            """
            SELECT DISTINCT ON (config_id, remote_id, nameless) id
              FROM (SELECT *, CASE WHEN remote_id = '' THEN fingerprint END AS nameless
                      FROM marketplace_inbox
                     WHERE config_id = ANY(%s) AND remote_id = ANY(%s)
                       AND pulled_at IS NOT NULL) pulled
          ORDER BY config_id, remote_id, nameless, pulled_at DESC, id DESC
            """,
            [
                list({row["config_id"] for row in values}),
                list({row["remote_id"] for row in values}),
            ],
        )
        rows = self.browse(row[0] for row in self.env.cr.fetchall())
        return {_get_key(row): row for row in rows}

    def _see_again(self, asked_at):
        """It is still listed, as it was: whatever kept it from being used may have been mended."""
        self.pulled_at = max(self.pulled_at, asked_at)
        is_mendable = self.state == "quarantined" and not self._is_resting()
        # what was old when it was read first is no longer, if it still stands there; and what was
        # left to its twin is still to be acknowledged
        if is_mendable or self.cause_code in (STALE_CODE, REPEATED):
            self._set_state("received")
            self._wake()
        if self.state == "done" and self._is_behind():
            self._set_state("received")
            self._wake()
        if self.state == "done":
            self._supersede()
        self._acknowledge()

    def _is_resting(self):
        """Whether what it did to its process is too recent to try it once more."""
        may_try = fields.Datetime.now() - REST_AFTER_CRASH
        return self.cause_code == CRASHED and self.done_at > may_try

    def _is_behind(self):
        """Whether the order is further along by now than the list says it is."""
        known = self.env["marketplace.order"]._find(self.config_id, self.remote_id)
        is_told = bool(known and self.status)
        return is_told and STATUS_RANKS[self.status] < STATUS_RANKS[known.status]


def get_shard(remote_id):
    return zlib.crc32(remote_id.encode()) % SHARDS


def _get_key(row):
    """What tells one order of an account from others, for a row or for what will be one."""
    config = row["config_id"] if isinstance(row, dict) else row.config_id.id
    return config, row["remote_id"] or row["fingerprint"]

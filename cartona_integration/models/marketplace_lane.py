# The contract between the flush and what it sends: a lane knows its records, the flush doesn't.
from odoo import api, models


class MarketplaceLane(models.AbstractModel):
    """``marketplace.lane.<lane>`` plans what to say about taken marks, and stores what came of it.

    Everything here runs under the shard's lock, as superuser, with a cursor that is committed
    right after.
    """

    _name = "marketplace.lane"
    _description = "Marketplace Lane"

    @api.model
    def _for(self, lane):
        return self.env[f"marketplace.lane.{lane}"]

    @api.model
    def _get_batch_size(self, config):
        """How many records one call takes at most."""
        return config.batch_size

    @api.model
    def _note_lost(self, res_ids):
        """A call about these records may have been made, and nobody heard the answer."""

    @api.model
    def _plan(self, config, taken):
        """Compare today's values with what is known to be there.

        :param dict taken: {record id: kinds of its marks}
        :return: Items to send; a taken record without an item needs none
        """
        raise NotImplementedError

    @api.model
    def _build_request(self, config, items):
        """:return: the ApiRequest that tells the marketplace about the items"""
        raise NotImplementedError

    @api.model
    def _parse_answer(self, config, answer, items):
        """:return: dict {record id: Verdict}, one for every item"""
        raise NotImplementedError

    @api.model
    def _apply_verdicts(self, config, items, verdicts, log):
        """Store what was accepted and what was refused."""
        raise NotImplementedError

    @api.model
    def _apply_failure(self, config, items, error):
        """Store that nobody knows what became of the items, as far as ``error`` leaves it open."""
        raise NotImplementedError

    @api.model
    def _note_stubborn(self, item, error):
        """Say of a record that it fails alone too, where there is a place to say so; it is tried
        again later, behind the others."""

    @api.model
    def _get_records(self, items):
        """:return: the records that the log shows for the items"""
        raise NotImplementedError

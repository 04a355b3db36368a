# Mapping: a person says which product the marketplace means by a name that nobody here knows. The
# product's listing is called so from then on, and the orders that wait for it follow by themselves,
# as they do wherever else a listing gets a name. Entered by the dialog through marketplace.inbox.
from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..compat import check_access
from .marketplace_inbox_needs import get_product_keys

NAMES = {"identity", "product_id", "remote_id"}


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    is_mapped = fields.Boolean(
        "Mapped by Hand",
        help="Somebody chose this product for what the marketplace calls it. Untick it to have it "
        "called as the connection calls its other products.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        listings = super().create(vals_list)
        listings._let_orders_in()
        return listings

    def write(self, vals):
        result = super().write(vals)
        if NAMES & vals.keys():
            self._let_orders_in()
        if vals.get("is_mapped") is False:
            self.env["marketplace.outbox"]._mark_scope(self.product_id.ids)
        return result

    def _let_orders_in(self):
        """Deal again with the orders that wait for one of these products."""
        listings = self.filtered("product_id")
        for config in listings.config_id:
            keys = {
                key
                for listing in listings
                if listing.config_id == config
                for key in get_product_keys(listing.identity, listing.remote_id)
            }
            self.env["marketplace.inbox"]._retry_needing(keys - {False, None, ""}, config=config)
        if listings:
            self.env["sale.order"]._replace_placeholders_later(listings)

    def _find_renamed(self, config):
        """What a person has said stays, whatever the product's own identity is."""
        return super()._find_renamed(config).filtered(lambda listing: not listing.is_mapped)

    @api.model
    def _map(self, config, own_id, remote_id, product, pack_qty):
        """Take what the marketplace calls by these names for so many pieces of a product.

        :return: the listing
        :raise UserError: it can't be that one
        """
        listing = self._find_pack(config, product, pack_qty)
        known = self._find_called(config, own_id, remote_id)
        self._check_free(listing, known.filtered("product_id") - listing, remote_id)
        orphans = known.filtered(lambda one: not one.product_id)
        # what a deleted product was called by goes on with this one
        own_id = own_id or orphans[:1].identity
        listing = listing or self._list_pack(config, product, pack_qty, own_id)
        if own_id and listing.identity != own_id:
            listing = listing._start_anew_as(own_id)
        orphans.remote_id = False
        listing._be_told_all(remote_id)
        if config.environment == "internal" and own_id and not product.cartona_id:
            # without an identity of its own it would not be offered there
            product.cartona_id = own_id
        return listing

    @api.model
    def _find_called(self, config, own_id, remote_id):
        """The listings that either of the names leads to."""
        return self.search(
            [
                ("config_id", "=", config.id),
                "|",
                *("&", ("identity", "!=", False), ("identity", "=", own_id or False)),
                *("&", ("remote_id", "!=", False), ("remote_id", "=", remote_id or False)),
            ],
            order="id",
        )

    @api.model
    def _check_free(self, listing, others, remote_id):
        """:raise UserError: a name is another product's, or the product has another name already"""
        if others:
            raise UserError(
                _(
                    "The marketplace means %(other)s by that already. Change it in the listing of "
                    "that product first, or choose that product.",
                    other=others[0].display_name,
                )
            )
        if remote_id and listing.remote_id and listing.remote_id != remote_id:
            raise UserError(
                _(
                    "%(product)s is number %(number)s on the marketplace already. Choose another "
                    "product or another number of pieces, or clear the number in its listing.",
                    product=listing.display_name,
                    number=listing.remote_id,
                )
            )

    @api.model
    def _find_pack(self, config, product, pack_qty):
        """The listing of the product in packs of so many pieces, empty where there is none."""
        listings = self.search(
            [("config_id", "=", config.id), ("product_id", "=", product.id)], order="pack_number"
        )
        return listings.filtered(lambda one: one._has_pack(pack_qty))[:1]

    @api.model
    def _list_pack(self, config, product, pack_qty, own_id):
        """List a product in such packs; where it is offered, also as it is."""
        place = [("config_id", "=", config.id), ("product_id", "=", product.id)]
        listings = self.search(place) or self._ensure(config, product.ids)[0]
        listing = listings.filtered(lambda one: one._has_pack(pack_qty))[:1]
        if listing:
            return listing
        number = max(listings.mapped("pack_number"), default=-1) + 1
        return self.create(
            {
                "config_id": config.id,
                "product_id": product.id,
                "pack_number": number,
                "pack_qty": pack_qty,
                "identity": own_id or self._word_identity(config, product, number),
            }
        )

    def _start_anew_as(self, own_id):
        """What stands on the marketplace under another name is taken off there; a listing that it
        has never known simply gets the name.

        :return: the listing that has the name
        """
        if not self._is_told():
            self.identity = own_id
            return self
        policies, product = self.policy_ids, self.product_id
        self.product_id = False
        self.flush_recordset(["product_id"])
        values = {"product_id": product.id, "identity": own_id, "remote_id": self.remote_id}
        heir = self.copy(values | {"is_wanted": self.is_wanted})
        policies.listing_id = heir
        self.remote_id = False
        return heir

    def _is_told(self):
        """Whether the marketplace may know the product by the listing's present name."""
        sync = self.env["marketplace.listing.sync"]._read_for(self)[self.id]
        is_told = self.env["marketplace.lane.product"]._was_told(sync)
        return is_told and sync["status"] != "missing"

    def _be_told_all(self, remote_id):
        """Nobody knows what the marketplace shows under the name: it is told everything."""
        self.write({"is_mapped": True, "remote_id": remote_id or self.remote_id})
        self.env["marketplace.outbox"]._mark("resend", "listing", self.ids)
        self._mark_all_kinds()

    @api.model
    def get_map_note(self, config_id, own_id, product_id, pack_qty):
        """What else would become of it if the product were called so, in words; "" where nothing
        would."""
        check_access(self, "read")
        config = self.env["marketplace.config"].browse(config_id)
        product = self.env["product.product"].browse(product_id)
        listing = self._find_pack(config, product, pack_qty)
        if not own_id or not listing or listing.identity == own_id or not listing.sudo()._is_told():
            return ""
        return _(
            "It stands on the marketplace as %s so far. That is taken off there.", listing.identity
        )

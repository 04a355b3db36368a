# Which listings there are: one for each product that is for sale within a connection's scope, kept
# when the product goes, because the marketplace has yet to be told. Entered by the scope lane.
from odoo import _, api, models
from odoo.exceptions import UserError

from ..compat import check_access


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    @api.model
    def _ensure(self, config, product_ids):
        """Make the listings of these products what they should be.

        :return: (every listing of theirs, those of them that are new)
        """
        products = config._search_offered([("id", "in", product_ids)])
        listings = self.search([("config_id", "=", config.id), ("product_id", "in", product_ids)])
        left = listings._follow_identity(config)
        renamed = self.browse().union(*left)
        unlisted = (products - (listings - renamed).product_id).sorted("id")
        adopted = self._adopt(config, unlisted)
        created = self.create(
            [
                {
                    "config_id": config.id,
                    "product_id": product.id,
                    "identity": self._word_identity(config, product),
                }
                for product in unlisted - adopted.product_id
            ]
        )
        created |= self._hand_over(config, left)
        return listings | adopted | created, created

    @api.model
    def _hand_over(self, config, left):
        """What people decided about listings goes on with those that take their place.

        :param dict left: {listing that stays behind: its product}
        :return: packs that were made for it
        """
        created = self.browse()
        for listing, product in left.items():
            place = [
                ("config_id", "=", config.id),
                ("product_id", "=", product.id),
                ("pack_number", "=", listing.pack_number),
            ]
            heir = self.search(place)
            if not heir and listing.pack_number:
                identity = self._word_identity(config, product, listing.pack_number)
                values = {"product_id": product.id, "identity": identity, "remote_id": False}
                created |= (heir := listing.copy(values))
            if heir:
                heir.is_wanted = listing.is_wanted
                listing.policy_ids.listing_id = heir
        return created

    @api.model
    def _adopt(self, config, products):
        """A product that takes the identity of a deleted one goes on where that one ended; of
        several the oldest. A pack of a deleted one is another thing, at another price."""
        wanted = {}
        for product in products.sorted("id"):
            wanted.setdefault(self._word_identity(config, product), product)
        orphans = self.search(
            [
                ("config_id", "=", config.id),
                ("product_id", "=", False),
                ("pack_number", "=", 0),
                ("identity", "in", list(wanted)),
            ]
        )
        adopted = self.browse()
        for orphan in orphans:
            if orphan.identity not in adopted.mapped("identity"):
                orphan.product_id = wanted[orphan.identity]
                adopted |= orphan
        return adopted

    def _hold(self):
        """:return: those that still exist, and go on to until this transaction ends"""
        self.env.cr.execute(
            "SELECT id FROM marketplace_listing WHERE id = ANY(%s) FOR KEY SHARE", [self.ids]
        )
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    def _follow_identity(self, config):
        """Products that are known by something else now start anew there.

        :return: dict {listing that stays behind under its old identity, to be taken off: product}
        """
        left = {}
        for listing in self._find_renamed(config):
            identity = self._word_identity(config, listing.product_id, listing.pack_number)
            if listing.status == "never":
                listing.identity = identity
            else:
                left[listing] = listing.product_id
        self.browse().union(*left).write({"product_id": False})
        return left

    def _find_renamed(self, config):
        """Listings whose product is known by something else than they say."""
        return self.filtered(
            lambda one: (
                one.product_id
                and one.identity != self._word_identity(config, one.product_id, one.pack_number)
            )
        )

    @api.model
    def _word_identity(self, config, product, pack_number=0):
        """What a product is called on the marketplace, unless that gave it a number of its own."""
        chosen = "id" if config.identity_source == "variant_id" else config.identity_source
        identity = product.cartona_id or product[chosen] or product.id
        return f"{identity}#{pack_number}" if pack_number else str(identity)

    @api.model
    def _match_remote(self, config, products):
        """The listings that a marketplace means by products.

        :param products: RemoteProducts
        :return: one listing for each of them, an empty one where there is none
        """
        return [
            by_remote_id or by_own_id
            for by_own_id, by_remote_id in self._match_names(config, products)
        ]

    @api.model
    def _match_names(self, config, products):
        """The listings that each of a product's two names leads to.

        :param products: RemoteProducts
        :return: (by our name, by the marketplace's) for each of them, empty where there is none
        """
        listings = self.search(
            [
                ("config_id", "=", config.id),
                "|",
                ("identity", "in", [product.own_id for product in products if product.own_id]),
                ("remote_id", "in", [product.remote_id for product in products]),
            ]
        )
        by_own_id = {listing.identity: listing for listing in listings.sorted("id", reverse=True)}
        by_remote_id = {listing.remote_id: listing for listing in listings if listing.remote_id}
        return [
            (
                by_own_id.get(product.own_id, self.browse()),
                by_remote_id.get(product.remote_id, self.browse()),
            )
            for product in products
        ]

    @api.model
    def _find_remote(self, config, products):
        """Listings of the products that a page of the catalogue showed.

        :param products: RemoteProducts
        :return: list of (listing, product)
        """
        listings = self._match_remote(config, products)
        pairs = zip(listings, products, strict=True)
        return [(listing, product) for listing, product in pairs if listing]

    def _get_identity(self):
        """The identity as an Item carries it."""
        self.ensure_one()
        return {"own": self.identity, "remote": self.remote_id or ""}

    def action_resend(self):
        """Say everything again, whatever was refused before."""
        check_access(self, "write")
        if self.config_id.filtered(lambda config: config.state != "live"):
            raise UserError(_("Go live first: nothing is sent before."))
        outbox = self.env["marketplace.outbox"]
        for kind in ("price", "stock", "publication", "resend"):
            outbox._mark(kind, "listing", self.ids)
        return True

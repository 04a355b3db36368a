# One product, in one unit or pack, offered through one connection. What people decide about it
# stands here; what the engine knows about it stands in marketplace.listing.sync.
from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import LISTING_STATUSES, LOOK, PRODUCT_LANE

# What people may change about an offer.
OFFER_FIELDS = {"identity", "is_wanted", "pack_qty", "product_id"}
# A transaction that began before a listing was committed, or before it was about its product,
# can't have marked it: look once more.
SECOND_LOOK = 300


class MarketplaceListing(models.Model):
    _name = "marketplace.listing"
    _description = "Marketplace Listing"
    _order = "id"
    _rec_name = "identity"

    config_id = fields.Many2one(
        "marketplace.config", string="Connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="config_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one(
        "product.product", ondelete="set null", index=True, help="Empty once it is deleted."
    )
    product_tmpl_id = fields.Many2one(related="product_id.product_tmpl_id", store=True, index=True)
    # never empty: PostgreSQL takes no two empty ones for the same
    pack_number = fields.Integer(
        required=True, default=0, help="0 is the product itself, others are packs of it."
    )
    pack_qty = fields.Float("Pieces per Pack", default=1.0, digits="Product Unit of Measure")
    identity = fields.Char(
        required=True, index=True, help="What the marketplace calls this product by."
    )
    remote_id = fields.Char("Marketplace's Own ID")
    is_wanted = fields.Boolean(
        "Offer", default=True, help="Untick it to take this product off the marketplace."
    )

    sync_ids = fields.One2many("marketplace.listing.sync", "listing_id")
    status = fields.Selection(LISTING_STATUSES, compute="_compute_sync", search="_search_status")
    message = fields.Char("Explanation", compute="_compute_sync")
    error_detail = fields.Char("Marketplace's Words", compute="_compute_sync")
    sent_price = fields.Float(
        "Price on Marketplace", compute="_compute_sync", digits="Product Price"
    )
    sent_stock = fields.Integer("Stock on Marketplace", compute="_compute_sync")
    is_price_known = fields.Boolean(compute="_compute_sync")
    is_stock_known = fields.Boolean(compute="_compute_sync")
    is_published = fields.Boolean("Published", compute="_compute_sync")
    sent_at = fields.Datetime("Last Sent", compute="_compute_sync")
    acked_at = fields.Datetime("Last Confirmed", compute="_compute_sync")
    policy_ids = fields.One2many("marketplace.policy", "listing_id", string="Exceptions")
    value_ids = fields.One2many("marketplace.listing.value", "listing_id", string="History")
    log_count = fields.Integer(compute="_compute_log_count")

    _sql_constraints = [
        (
            "product_unique",
            "unique (config_id, product_id, pack_number)",
            "A product can stand on a marketplace once in each of its packs.",
        ),
    ]

    @api.depends("product_id", "identity", "pack_number", "pack_qty")
    def _compute_display_name(self):
        for listing in self:
            name = listing.product_id.display_name or _("Deleted product (%s)", listing.identity)
            if listing.pack_number:
                name = _("%(product)s, pack of %(qty)g", product=name, qty=listing.pack_qty)
            listing.display_name = name

    @api.depends_context("lang")
    def _compute_sync(self):
        """What the engine knows, read past the cache: it writes on cursors of its own."""
        known = self.env["marketplace.listing.sync"]._read_for(self)
        waiting = self.env["marketplace.outbox"]._find_waiting(PRODUCT_LANE, self.ids)
        for listing in self:
            sync = known.get(listing.id, {})
            listing._show_sync(sync)
            listing.status = "waiting" if listing.id in waiting else sync.get("status", "never")

    def _show_sync(self, sync):
        self.message = self._explain_code(sync.get("error_code"))
        self.error_detail = sync.get("error_detail") or False
        self.sent_price = sync.get("price") or 0.0
        self.sent_stock = sync.get("stock") or 0
        self.is_price_known = sync.get("price") is not None
        self.is_stock_known = sync.get("stock") is not None
        self.is_published = sync.get("published") or False
        self.sent_at = sync.get("sent_at") or False
        self.acked_at = sync.get("acked_at") or False

    @api.model
    def _explain_code(self, code):
        """What is wrong and what to do next, in the user's language."""
        return code and self.env["marketplace.api"]._explain(code)

    @api.model_create_multi
    def create(self, vals_list):
        listings = super().create(vals_list)
        self.env["marketplace.listing.sync"]._ensure(listings.ids)
        listings._mark_all_kinds()
        listings._look_later()
        return listings

    def _look_later(self):
        """Look at them once more when those are at their end who have marked nothing."""
        for config in self.config_id.filtered(lambda one: one.state in ("live", "paused")):
            ids = self.filtered(lambda one, config=config: one.config_id == config).ids
            self.env["marketplace.outbox"]._insert_marks(
                config.id, PRODUCT_LANE, LOOK, ids, SECOND_LOOK
            )

    def write(self, vals):
        result = super().write(vals)
        if OFFER_FIELDS & vals.keys():
            self._mark_all_kinds()
        if vals.get("product_id"):
            self._look_later()
        return result

    @api.model
    def _let_go_of(self, products):
        """These products are about to be deleted. PostgreSQL would empty the links by itself, but
        product and template one after the other, in an order that no two databases share: where
        a listing is as new as the deletion, one of the orders is an error.

        :return: their listings
        """
        listings = self.sudo().search([("product_id", "in", products.ids)])
        listings.product_id = False
        listings.flush_recordset(["product_id", "product_tmpl_id"])
        return listings

    @api.constrains("pack_qty")
    def _check_pack_qty(self):
        if any(listing.pack_qty <= 0 for listing in self):
            raise ValidationError(_("A pack has pieces in it: enter how many."))

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_there(self):
        """A listing that is gone here would stay on the marketplace for ever."""
        if any(listing.status not in ("never", "off", "missing") for listing in self):
            raise UserError(
                _(
                    "The marketplace still shows this product. Untick Offer instead; once it is "
                    "off there, the listing can be deleted."
                )
            )

    def _mark_all_kinds(self):
        for kind in ("price", "stock", "publication"):
            self.env["marketplace.outbox"]._mark(kind, "listing", self.ids)

    def action_open_log(self):
        """Show the exchanges that were about this listing."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cartona_integration.action_marketplace_sync_log"
        )
        return action | {"domain": self._get_log_domain()}

    def _compute_log_count(self):
        # shown on the form alone, so that nothing is gained by counting many at once
        for listing in self:
            domain = listing._get_log_domain()
            listing.log_count = self.env["marketplace.sync.log"].search_count(domain)

    def _get_log_domain(self):
        return [("res_model", "=", self._name), ("res_id", "=", self.id)]

    def _search_status(self, operator, value):
        return self.env["marketplace.listing.sync"]._get_status_domain(operator, value)

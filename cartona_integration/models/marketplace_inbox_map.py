# The inbox's buttons by which a person says who or what an order means: the events' part of the
# dialogs in wizards/marketplace_map*.py, and what they have written.
from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..compat import check_access
from ..exceptions import MarketplaceError
from .marketplace_customer import AMBIGUOUS, UNKNOWN
from .marketplace_suggestion import SAME_NAME

MANAGER = "cartona_integration.group_marketplace_manager"


class MarketplaceInbox(models.Model):
    _inherit = "marketplace.inbox"

    remedy = fields.Selection(selection_add=[("customer", "Choose the customer")])
    can_map = fields.Boolean(compute="_compute_can_map")

    @api.depends_context("uid")
    def _compute_can_map(self):
        self.can_map = self.get_can_map()

    def _get_remedy(self):
        if self.cause_code in (AMBIGUOUS, UNKNOWN):
            return "customer"
        return super()._get_remedy()

    @api.model
    def get_can_map(self):
        """Whether the user may say which product is meant: managers, and whoever may change
        products anyway."""
        return self.env.user.has_group(MANAGER) or _may_write(self.env["product.product"])

    def action_map_products(self):
        """Ask which products are meant by those that nobody knows."""
        return self.env["marketplace.map"]._open_for(self)

    def action_choose_customer(self):
        """Ask who ordered."""
        return self.env["marketplace.map.customer"]._open_for(self)

    def get_unknown_products(self):
        """The products of this event that nobody knows, each once.

        :return: list of dicts: name, own_id, remote_id, amount, price, unit, pack
        """
        self.ensure_one()
        check_access(self, "read")
        return self._word_products(self._find_unknown_lines())

    @api.model
    def _word_products(self, lines):
        """Lines about the same product are one question."""
        words = {}
        for line in lines:
            one = words.setdefault(
                (line.own_id, line.remote_id),
                {
                    "name": line.name,
                    "own_id": line.own_id,
                    "remote_id": line.remote_id,
                    "amount": 0.0,
                    "price": float(line.price),
                    "unit": line.unit,
                    "pack": float(line.unit_count),
                },
            )
            one["amount"] += float(line.amount)
        return list(words.values())

    @api.model
    def get_product_suggestions(self, config_id, own_id, remote_id, name):
        """:return: list of (product id, whether it is sure, the ground in words), the best first"""
        check_access(self, "read")
        config = self.env["marketplace.config"].browse(config_id)
        check_access(config, "read")
        found = self.env["marketplace.suggestion"]._suggest(
            config.company_id, own_id, remote_id, name
        )
        return [(product.id, sureness > SAME_NAME, ground) for product, sureness, ground in found]

    @api.model
    def action_map(self, config_id, own_id, remote_id, product_id, pack_qty):
        """From now on the marketplace means this product by these names.

        :param pack_qty: how many pieces of it one of theirs is
        :raise UserError: it can't be that one
        """
        check_access(self, "read")
        if not self.get_can_map():
            raise AccessError(
                _("Ask a manager of the marketplace, or somebody who may change products.")
            )
        config = self.env["marketplace.config"].browse(config_id)
        check_access(config, "read")
        domain = self.env["marketplace.suggestion"]._get_domain(config.company_id)
        product = self.env["product.product"].search([*domain, ("id", "=", product_id)])
        if not product:
            raise UserError(
                _("Choose goods that are for sale, not archived, and not another company's.")
            )
        if pack_qty <= 0:
            raise UserError(_("A pack has pieces in it: enter how many."))
        self._map_product(config.sudo(), own_id, remote_id, product.sudo(), pack_qty)
        return True

    @api.model
    def _map_product(self, config, own_id, remote_id, product, pack_qty):
        listings = self.env["marketplace.listing"].sudo().with_company(config.company_id)
        try:
            listings._map(config, own_id, remote_id, product, pack_qty)
        except MarketplaceError as error:
            raise UserError(self.env["marketplace.api"]._explain(error.code)) from error

    def get_told_customer(self):
        """Who ordered, as the marketplace tells of it.

        :return: dict: name, phone, phone2, address; empty where it can't be read
        """
        self.ensure_one()
        check_access(self, "read")
        remote = self.sudo()._read_order()
        if not remote:
            return {}
        told = remote.customer
        address = self.env["marketplace.customer"]._word_address(told)
        return {"name": told.name, "phone": told.phone, "phone2": told.phone2, "address": address}

    def get_customer_suggestions(self):
        """:return: list of (contact id, the ground in words)"""
        self.ensure_one()
        check_access(self, "read")
        remote = self.sudo()._read_order()
        customers = self.env["marketplace.customer"]
        if not remote:
            return []
        called = customers._find_by_phone(self.config_id, remote.customer)
        named = self.env["res.partner"].search(
            [
                ("parent_id", "=", False),
                ("company_id", "in", (False, self.company_id.id)),
                ("name", "=ilike", remote.customer.name),
                ("id", "not in", called.ids),
            ],
            limit=5,
        )
        # not in a generator, where nobody finds the user's language
        same_phone, same_name = _("same phone number"), _("same name")
        return [
            *((partner.id, same_phone) for partner in called),
            *((partner.id, same_name) for partner in named if remote.customer.name),
        ]

    def action_set_customer(self, partner_id=None):
        """Whoever orders like this is this contact from now on.

        :param partner_id: none makes a new one
        :raise UserError: it can't be that one
        """
        self.ensure_one()
        check_access(self, "read")
        remote = self.sudo()._read_order()
        if not remote:
            raise UserError(_("This order can't be read: nobody knows who ordered."))
        partner = self.env["res.partner"]
        if partner_id:
            allowed = ("company_id", "in", (False, self.company_id.id))
            partner = partner.search([("id", "=", partner_id), allowed])
            if not partner:
                raise UserError(
                    _("Choose a contact that is not archived, and not another company's.")
                )
            check_access(partner, "write")
        self.env["marketplace.customer"]._choose(self.config_id, remote.customer, partner)
        return True


def _may_write(model):
    try:
        check_access(model, "write")
    except AccessError:
        return False
    return True

# Orders with a placeholder for a product that nobody knew when they came: once somebody has said
# which product is meant, its lines take the placeholder's place.
from dataclasses import replace

from odoo import Command, _, api, fields, models
from odoo.exceptions import UserError

from ..compat import check_access
from ..const import INBOX_LANE, LANE_CHANNELS
from .marketplace_order_changes import QUOTATION
from .marketplace_order_products import KEEP, PLACEHOLDER
from .marketplace_order_writer import QUIET


class SaleOrder(models.Model):
    _inherit = "sale.order"

    has_placeholder = fields.Boolean(compute="_compute_has_placeholder")

    @api.depends("marketplace_holds", "order_line.product_id", "state")
    def _compute_has_placeholder(self):
        for order in self:
            is_open = order.marketplace_config_id and order.state in QUOTATION
            order.has_placeholder = bool(is_open and order._get_placeholder_lines())

    def _get_placeholder_lines(self):
        placeholder = self.env["marketplace.order.products"]._get_placeholder()
        return self.order_line.filtered(lambda line: placeholder and line.product_id == placeholder)

    def action_map_products(self):
        """Ask which products are meant by those that nobody knows."""
        return self.env["marketplace.map"]._open_for(self)

    def get_unknown_products(self):
        """What the order's placeholders stand for.

        :return: as in marketplace.inbox
        """
        self.ensure_one()
        check_access(self, "read")
        wanted = set(self._get_placeholder_lines().mapped("marketplace_line"))
        lines = [line for line in self.sudo()._read_remote().lines if line.line_id in wanted]
        return self.env["marketplace.inbox"]._word_products(lines)

    def action_take_map(self):
        """Put the products that are known by now in the placeholders' places."""
        check_access(self, "write")
        for order in self.sudo():
            order._replace_placeholders()
        return True

    def _read_remote(self):
        """:return: what the marketplace said of the order last, as a RemoteOrder; of its status it
            may have said something else since
        :raise UserError: that is not kept any more
        """
        known = self.env["marketplace.order"].search([("order_id", "=", self.id)], limit=1)
        event = self.env["marketplace.inbox"].search(
            [
                ("config_id", "=", known.config_id.id),
                ("remote_id", "=", known.remote_id),
                ("kind", "=", "order"),
                ("digest", "=", known.digest),
            ],
            limit=1,
        )
        remote = event and event._read_order()
        if not remote:
            raise UserError(
                _(
                    "What the marketplace said of this order is not kept any more. Fetch the order "
                    "again by its number, or replace the line by hand."
                )
            )
        return replace(remote, status=self.marketplace_status)

    @api.model
    def _replace_placeholders_later(self, listings):
        """Products have become known: bring the drafts up to date that wait for them; a job does
        it, one for each."""
        lines = self.env["sale.order.line"].sudo()
        waiting = lines.search(
            [
                ("order_id.marketplace_config_id", "in", listings.config_id.ids),
                ("order_id.state", "in", QUOTATION),
                "|",
                ("told_own_id", "in", listings.mapped("identity")),
                ("told_remote_id", "in", listings.filtered("remote_id").mapped("remote_id")),
            ]
        )
        for order in waiting.order_id:
            order.with_delay(
                channel=LANE_CHANNELS[INBOX_LANE],
                max_retries=0,
                identity_key=f"marketplace.placeholder:{order.id}",
                description=f"Replace the placeholders of order {order.cartona_id}",
            )._job_replace_placeholders()

    def _job_replace_placeholders(self):
        """Bring a draft up to date; entered by a job."""
        for order in self.exists().filtered("has_placeholder"):
            order._replace_placeholders()

    def _replace_placeholders(self):
        """The real lines take the places of their placeholders; all other lines stay as they are,
        whatever people have made of them."""
        order = self.with_company(self.company_id).with_context(**QUIET, **{KEEP: True})
        config, remote = order.marketplace_config_id, order._read_remote()
        waiting = order._get_placeholder_lines()
        commands = order.env["marketplace.order.lines"]._get_commands(config, order, remote)
        known = [one for one in commands if _is_about(one, waiting)]
        if known:
            order.order_line = known
            self.env["marketplace.order.writer"]._look_at(config, order, remote, is_edited=True)

    def _settle_placeholder(self):
        """People may replace a placeholder by hand."""
        for order in self.filtered("marketplace_holds"):
            if not order._get_placeholder_lines():
                holds = self.env["marketplace.order.holds"].sudo()
                holds._remove(order.sudo(), PLACEHOLDER)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    told_own_id = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="What a placeholder stands for, by the name that we may have given it.",
    )
    told_remote_id = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="What a placeholder stands for, by the marketplace's own name.",
    )

    def write(self, vals):
        if "product_id" in vals and self._has_stood_in(vals["product_id"]):
            vals = {"told_own_id": False, "told_remote_id": False} | vals
        result = super().write(vals)
        if "product_id" in vals:
            self.order_id._settle_placeholder()
        return result

    def _has_stood_in(self, product_id):
        """Whether one of the lines stands for something unknown, and no more once it is about this
        product."""
        is_told = any(line.told_own_id or line.told_remote_id for line in self)
        placeholder = self.env["marketplace.order.products"]._get_placeholder()
        return is_told and product_id != placeholder.id

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders.exists()._settle_placeholder()
        return result


def _is_about(command, lines):
    """Whether a command is about one of these lines, or makes one more of what they stand for."""
    if command[0] == Command.CREATE:
        return command[2]["marketplace_line"] in lines.mapped("marketplace_line")
    return command[1] in lines.ids

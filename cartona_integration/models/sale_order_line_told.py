# What a marketplace said of a line: its price is what the customer pays, so that neither pricelists
# nor quantities change it, and its taxes are of the kind that the price was told with. People may
# write another price, and other taxes.
from odoo import api, fields, models

from ..compat import LINE_TAXES, LINE_UNIT


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    marketplace_part = fields.Integer(
        readonly=True,
        copy=False,
        help="Tells the lines apart that one line of the marketplace has become.",
    )
    marketplace_told = fields.Char(
        readonly=True, copy=False, help="By this it is seen whether the marketplace has changed it."
    )
    told_with_tax = fields.Boolean(
        readonly=True, copy=False, help="The marketplace's price contains the tax."
    )
    supplier_discount = fields.Float(
        "Our Discount",
        readonly=True,
        copy=False,
        help="What the price of one is lower by at our expense, as the marketplace told it.",
    )
    marketplace_discount = fields.Float(
        "Marketplace's Discount",
        readonly=True,
        copy=False,
        help="What the price of one is lower by at the marketplace's expense.",
    )
    price_before_discounts = fields.Float(
        compute="_compute_price_before_discounts", digits="Product Price"
    )
    marketplace_comment = fields.Char("Customer's Comment", readonly=True, copy=False)

    @api.depends("price_unit", "supplier_discount", "marketplace_discount")
    def _compute_price_before_discounts(self):
        for line in self:
            discounts = line.supplier_discount + line.marketplace_discount
            line.price_before_discounts = line.price_unit + discounts

    def _compute_price_unit(self):
        told = self.filtered("marketplace_line")
        result = super(SaleOrderLine, self - told)._compute_price_unit()
        for line in told:
            line._follow_unit()
        return result

    def _follow_unit(self):
        """Whoever changes the unit in a form means the same goods at the same price."""
        before = self._origin
        if before and before[LINE_UNIT] != self[LINE_UNIT] and before.product_id == self.product_id:
            self.price_unit = before[LINE_UNIT]._compute_price(before.price_unit, self[LINE_UNIT])

    def _reset_price_unit(self):
        """From 18.0 on."""
        return None if self.marketplace_line else super()._reset_price_unit()

    def _compute_discount(self):
        ours = self.filtered(lambda line: not line.marketplace_line)
        return super(SaleOrderLine, ours)._compute_discount()

    @api.depends("told_with_tax")
    def _compute_tax_id(self):
        """Until 18.0."""
        result = super()._compute_tax_id()
        self._take_twins()
        return result

    @api.depends("told_with_tax")
    def _compute_tax_ids(self):
        """From 19.0 on."""
        result = super()._compute_tax_ids()
        self._take_twins()
        return result

    def _take_twins(self):
        """Taxes of the kind that the marketplace's prices are of, instead of the product's."""
        twins = self.env["marketplace.tax.twin"].sudo()
        for line in self.filtered("marketplace_line"):
            taxes = line[LINE_TAXES]._origin.sudo()
            fitting = twins._convert(taxes, line.told_with_tax)
            if fitting != taxes:
                line[LINE_TAXES] = fitting.ids

    def _get_sale_order_line_multiline_description_sale(self):
        """Where units are hidden, nothing else would say that it is about packs."""
        text = super()._get_sale_order_line_multiline_description_sale()
        unit = self[LINE_UNIT]
        if self.marketplace_line and unit != self.product_id.uom_id:
            text = f"{text}\n{unit.name}"
        return text


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_update_prices_lines(self):
        return super()._get_update_prices_lines().filtered(lambda line: not line.marketplace_line)

# Units of measure for packs: a line about packs has the price of a pack, as the marketplace tells
# it, which no price of a piece need be able to say. Called by the order's lines.
from odoo import _, api, fields, models
from odoo.tools import float_compare

from ..compat import get_pack_values, is_convertible


class MarketplacePackUnit(models.Model):
    _name = "marketplace.pack.unit"
    _description = "Marketplace Pack Unit"
    _log_access = False
    _rec_name = "pack_unit_id"

    unit_id = fields.Many2one("uom.uom", required=True, ondelete="cascade")
    quantity = fields.Char(required=True, help="How many of the unit are in the pack.")
    pack_unit_id = fields.Many2one("uom.uom", required=True, ondelete="cascade", index=True)

    _sql_constraints = [
        # Two orders at once must not make two units: the second one is tried again.
        ("pack_unique", "unique (unit_id, quantity)", "There is a unit for such packs."),
    ]

    @api.model
    def _get(self, unit, quantity):
        """The unit of packs of so many: one that the company has, like the dozen, or a new one.

        :param Decimal quantity: more than 0
        """
        name = f"{quantity.normalize():f}"
        known = self.search([("unit_id", "=", unit.id), ("quantity", "=", name)])
        if known and self._holds(known.pack_unit_id, unit, quantity):
            return known.pack_unit_id
        # somebody has given the unit another size
        known.unlink()
        found = self._find(unit, quantity) or self._make(unit, quantity, name)
        self.create({"unit_id": unit.id, "quantity": name, "pack_unit_id": found.id})
        return found

    @api.model
    def _find(self, unit, quantity):
        others = self.env["uom.uom"].search([("id", "!=", unit.id)], order="id")
        return others.filtered(
            lambda one: is_convertible(one, unit) and self._holds(one, unit, quantity)
        )[:1]

    @api.model
    def _holds(self, pack_unit, unit, quantity):
        size = pack_unit._compute_quantity(1.0, unit, round=False)
        return float_compare(size / float(quantity), 1.0, precision_digits=9) == 0

    @api.model
    def _make(self, unit, quantity, number):
        made = self.env["uom.uom"].create(
            {
                "name": self._word(unit, number),
                **get_pack_values(unit, float(quantity)),
            }
        )
        for code, _name in self.env["res.lang"].get_installed():
            made.with_context(lang=code).name = self.with_context(lang=code)._word(unit, number)
        return made

    @api.model
    def _word(self, unit, number):
        if unit == self.env.ref("uom.product_uom_unit", raise_if_not_found=False):
            return _("Pack of %s", number)
        unit = unit.with_context(lang=self.env.context.get("lang"))
        return _("Pack of %(number)s %(unit)s", number=number, unit=unit.name)

# Units of measure for packs: a line about packs has the price of a pack, as the marketplace tells
# it, which no price of a piece need be able to say. Called by the order's lines.
from odoo import _, api, fields, models
from odoo.tools import float_compare

from ..compat import get_pack_values, is_convertible, keeps_parts

# What Egypt's e-invoices call a unit, where they are installed; and a pack.
CODE = "l10n_eg_unit_code_id"
PACK = "l10n_eg_edi_eta.l10n_eg_edi_uom_code_PK"


class MarketplacePackUnit(models.Model):
    _name = "marketplace.pack.unit"
    _description = "Marketplace Pack Unit"
    _log_access = False
    _rec_name = "pack_unit_id"

    unit_id = fields.Many2one("uom.uom", required=True, ondelete="cascade")
    quantity = fields.Char(required=True, help="How many of the unit are in the pack.")
    pack_unit_id = fields.Many2one("uom.uom", required=True, ondelete="cascade", index=True)
    is_ours = fields.Boolean(help="The unit of the packs was made here.")

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
            known._complete()
            return known.pack_unit_id
        # somebody has given the unit another size
        known.unlink()
        found = self._find(unit, quantity)
        values = {
            "unit_id": unit.id,
            "quantity": name,
            "pack_unit_id": (found or self._make(unit, quantity, name)).id,
            "is_ours": not found,
        }
        return self.create(values).pack_unit_id

    @api.model
    def _find(self, unit, quantity):
        others = self.env["uom.uom"].search([("id", "!=", unit.id)], order="id")
        return others.filtered(
            lambda one: (
                is_convertible(one, unit)
                and self._holds(one, unit, quantity)
                and keeps_parts(one)
                and not self._lacks_code(one)
            )
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
                **self._get_code_values(),
            }
        )
        for code, _name in self.env["res.lang"].get_installed():
            made.with_context(lang=code).name = self.with_context(lang=code)._word(unit, number)
        return made

    def _complete(self):
        """E-invoicing may have been installed since the unit was made."""
        if self.is_ours and self._lacks_code(self.pack_unit_id):
            self.pack_unit_id.write(self._get_code_values())

    @api.model
    def _lacks_code(self, unit):
        """Whether Egypt's e-invoices would refuse the unit."""
        return CODE in unit._fields and not unit[CODE]

    @api.model
    def _get_code_values(self):
        code = CODE in self.env["uom.uom"]._fields and self.env.ref(PACK, raise_if_not_found=False)
        return {CODE: code.id} if code else {}

    @api.model
    def _word(self, unit, number):
        if unit == self.env.ref("uom.product_uom_unit", raise_if_not_found=False):
            return _("Pack of %s", number)
        unit = unit.with_context(lang=self.env.context.get("lang"))
        return _("Pack of %(number)s %(unit)s", number=number, unit=unit.name)

# Bills of materials: kits are counted by them. Manufacturing may or may not be installed, so its
# models can't be inherited from; they get their hooks when the registry is ready.
from odoo import api, models

BOM_MODELS = ("mrp.bom", "mrp.bom.line")


def _patch(model_class):
    """Hook one of the models, once."""
    if hasattr(model_class, "_mark_kits_before_marketplace"):
        return
    model_class._mark_kits_before_marketplace = True
    create, write, unlink = model_class.create, model_class.write, model_class.unlink

    @api.model_create_multi
    def create_and_mark(self, vals_list):
        records = create(self, vals_list)
        _mark(records)
        return records

    def write_and_mark(self, vals):
        _mark(self)
        result = write(self, vals)
        _mark(self)
        return result

    def mark_and_unlink(self):
        _mark(self)
        return unlink(self)

    model_class.create = create_and_mark
    model_class.write = write_and_mark
    model_class.unlink = mark_and_unlink


def _mark(records):
    boms = records if records._name == "mrp.bom" else records.bom_id
    kits = boms.product_id | (boms.product_tmpl_id.product_variant_ids)
    records.env["marketplace.kits"]._mark_stock(kits | boms.bom_line_ids.product_id)


class MarketplaceKits(models.AbstractModel):
    _inherit = "marketplace.kits"

    def _register_hook(self):
        super()._register_hook()
        for name in BOM_MODELS:
            if name in self.env:
                _patch(self.env.registry[name])

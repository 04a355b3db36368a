# "Map now": a dialog that shows what an order means by products that nobody here knows, suggests
# some of ours, and lets a person say which ones. Opened from the inbox and from a quotation.
from odoo import _, api, fields, models
from odoo.exceptions import UserError


class MarketplaceMap(models.TransientModel):
    _name = "marketplace.map"
    _description = "Map Products"
    _rec_name = "config_id"

    config_id = fields.Many2one("marketplace.config", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="config_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    event_id = fields.Many2one("marketplace.inbox", ondelete="cascade")
    order_id = fields.Many2one("sale.order", ondelete="cascade")
    line_ids = fields.One2many("marketplace.map.line", "map_id", "Unknown Products")
    has_note = fields.Boolean(compute="_compute_has_note")
    suggestion_ids = fields.One2many("marketplace.map.suggestion", "map_id", "Suggestions")

    @api.depends("line_ids.note")
    def _compute_has_note(self):
        for dialog in self:
            dialog.has_note = any(dialog.line_ids.mapped("note"))

    @api.model
    def _open_for(self, record):
        """:param record: an event of the inbox, or a quotation with placeholders
        :return: the action that shows the dialog
        """
        record.ensure_one()
        products = record.get_unknown_products()
        if not products:
            raise UserError(_("Every product of this order is known by now."))
        is_event = record._name == "marketplace.inbox"
        dialog = self.create(
            {
                "config_id": (record.config_id if is_event else record.marketplace_config_id).id,
                "event_id": is_event and record.id,
                "order_id": not is_event and record.id,
                "line_ids": [(0, 0, self._get_line_values(one)) for one in products],
            }
        )
        return dialog.action_suggest()

    @api.model
    def _get_line_values(self, told):
        unit = told["unit"]
        if unit and told["pack"] != 1:
            unit = f"{unit} × {told['pack']:g}"
        return {
            "name": told["name"],
            "own_id": told["own_id"],
            "remote_id": told["remote_id"],
            "amount": told["amount"],
            "price": told["price"],
            "unit": unit,
            "told_pack": told["pack"],
        }

    def action_suggest(self):
        """Note the suggestions, and show the dialog. What is surely meant is filled in at once; a
        name alone is for a person to judge."""
        for line in self.line_ids:
            found = self.env["marketplace.inbox"].get_product_suggestions(
                self.config_id.id, line.own_id, line.remote_id, line.name
            )
            self.suggestion_ids = [
                (0, 0, {"line_id": line.id, "product_id": product_id, "ground": ground})
                for product_id, _is_sure, ground in found
            ]
            sure = [product_id for product_id, is_sure, _ground in found if is_sure]
            if len(sure) == 1:
                line.write(line.get_choice(sure[0]))
        return self.action_show()

    def action_show(self):
        """Show the dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Map products"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_map(self):
        """Take what was chosen; the orders that wait for it follow by themselves."""
        self.ensure_one()
        chosen = self.line_ids.filtered("product_id")
        if not chosen:
            raise UserError(_("Choose a product for at least one of them."))
        inbox = self.env["marketplace.inbox"]
        for line in chosen:
            inbox.action_map(
                self.config_id.id, line.own_id, line.remote_id, line.product_id.id, line.pack_qty
            )
        if self.order_id:
            self.order_id.action_take_map()
        elif chosen == self.line_ids and self.event_id.can_replay:
            self.event_id.action_replay()
        return {"type": "ir.actions.act_window_close"}

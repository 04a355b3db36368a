# "Choose the customer": a dialog that shows who ordered, as the marketplace tells of it, and lets a
# person say which contact that is. Opened from the inbox.
from odoo import _, api, fields, models
from odoo.exceptions import UserError


class MarketplaceMapCustomer(models.TransientModel):
    _name = "marketplace.map.customer"
    _description = "Choose the Customer"
    _rec_name = "event_id"

    event_id = fields.Many2one("marketplace.inbox", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="event_id.company_id")
    name = fields.Char("Name on Marketplace", readonly=True)
    phone = fields.Char(readonly=True)
    phone2 = fields.Char("Second Phone", readonly=True)
    address = fields.Text(readonly=True)
    suggested = fields.Text("Suggestions", readonly=True)
    partner_id = fields.Many2one("res.partner", "Our Contact")

    @api.model
    def _open_for(self, event):
        """:return: the action that shows the dialog"""
        found = event.get_customer_suggestions()
        partners = self.env["res.partner"]
        lines = (f"{partners.browse(one).display_name} · {ground}" for one, ground in found)
        values = {"event_id": event.id, "suggested": "\n".join(lines)}
        return {
            "type": "ir.actions.act_window",
            "name": _("Choose the customer"),
            "res_model": self._name,
            "res_id": self.create(values | event.get_told_customer()).id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_take(self):
        """Whoever orders like this is the chosen contact."""
        if not self.partner_id:
            raise UserError(_("Choose a contact first, or make a new one."))
        return self._set(self.partner_id.id)

    def action_make(self):
        """Make a new contact of what the marketplace tells."""
        return self._set()

    def _set(self, partner_id=None):
        self.ensure_one()
        self.event_id.action_set_customer(partner_id)
        if self.event_id.can_replay:
            self.event_id.action_replay()
        return {"type": "ir.actions.act_window_close"}

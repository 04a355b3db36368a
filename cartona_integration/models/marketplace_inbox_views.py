# What the inbox's screens show beyond what is kept: who ordered, the event in readable form, what
# can be decided about it, and where its trouble is mended. Read by the views alone.
from odoo import _, api, fields, models

from ..compat import GOODS_DOMAIN
from ..const import NOT_TAKEN, TWO_VERSIONS, UNDECIDED_CODE
from ..exceptions import Unusable
from ..utils.exact_json import dumps, loads
from ..utils.messages import RemoteProduct

WAITING = ("held", "quarantined")
UNKNOWN_PRODUCT = "product_unknown"
# Mended on the connection.
_OF_CONNECTION = {"foreign_supplier", *NOT_TAKEN.values()}
# What the marketplace says now may differ.
_TO_ASK = {
    UNDECIDED_CODE, TWO_VERSIONS, "bad_value", "bad_number", "no_lines", "repeated_line",
    "customer_unknown", "order_unknown",
}  # fmt: skip
# A list of events must not fail by one that nobody thought of.
_UNREADABLE = (Unusable, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class MarketplaceInbox(models.Model):
    _inherit = "marketplace.inbox"

    customer_name = fields.Char("Customer", compute="_compute_customer_name")
    readable = fields.Text("What Arrived", compute="_compute_readable")
    unknown_lines = fields.Text("Unknown Products", compute="_compute_unknown_lines")
    advice = fields.Char(compute="_compute_unknown_lines")
    config_state = fields.Selection(related="config_id.state", string="State of the Connection")
    can_replay = fields.Boolean(compute="_compute_decisions")
    can_ignore = fields.Boolean(compute="_compute_decisions")
    remedy = fields.Selection(
        [
            ("record", "Open the record"),
            ("product", "Find the product"),
            ("connection", "Open the connection"),
            ("ask", "Ask the marketplace"),
        ],
        string="Mended By",
        compute="_compute_remedy",
    )

    @api.depends("payload", "order_id")
    def _compute_customer_name(self):
        for event in self:
            ordered_by = event.order_id.sudo().partner_id.name
            event.customer_name = ordered_by or event._read_customer_name()

    @api.depends("payload")
    def _compute_readable(self):
        for event in self:
            event.readable = dumps(loads(event.payload), indent=2)

    @api.depends("payload", "cause_code")
    def _compute_unknown_lines(self):
        for event in self:
            lines = event._find_unknown_lines()
            words = (f"{line.own_id or line.remote_id} · {line.name}" for line in lines)
            event.unknown_lines = "\n".join(words)
            event.advice = any(line.own_id for line in lines) and _(
                "Find the product that is meant, and enter this identity as its %s. Replay the "
                "event a moment later.",
                event._get_identity_field()._description_string(self.env),
            )

    @api.depends("state", "order_id")
    def _compute_decisions(self):
        deleted = self._find_of_deleted_orders()
        for event in self:
            event.can_ignore = event.state in WAITING
            event.can_replay = event.can_ignore or event.state == "ignored" or event in deleted

    def _find_of_deleted_orders(self):
        """The events whose sales order somebody has deleted, who may want it back."""
        done = self.filtered(
            lambda event: event.state == "done" and event.kind == "order" and not event.order_id
        )
        domain = [("config_id", "in", done.config_id.ids), ("order_id", "=", False)]
        known = (
            self.env["marketplace.order"]
            .sudo()
            .search(
                [*domain, ("remote_id", "in", done.mapped("remote_id"))] if done else [(0, "=", 1)]
            )
        )
        keys = {(order.config_id, order.remote_id) for order in known}
        return done.filtered(lambda event: (event.config_id, event.remote_id) in keys)

    @api.depends("state", "cause_code", "cause_model")
    def _compute_remedy(self):
        for event in self:
            event.remedy = event.state in WAITING and event._get_remedy()

    def _get_remedy(self):
        if self.cause_model:
            return "record"
        if self.cause_code == UNKNOWN_PRODUCT:
            return "product"
        if self.cause_code in _OF_CONNECTION:
            return "connection"
        return self.cause_code in _TO_ASK and self.remote_id and "ask"

    def _read_order(self):
        """:return: the RemoteOrder, None where it can't be read as one"""
        adapter = self.env["marketplace.adapter"]._for(self.config_id)
        try:
            return adapter._parse_order(loads(self.payload))
        except _UNREADABLE:
            return None

    def _read_customer_name(self):
        remote = self._read_order()
        return remote and remote.customer.name

    def _find_unknown_lines(self):
        """The order's lines about products that no listing stands for: all, not the first alone."""
        remote = self.cause_code == UNKNOWN_PRODUCT and self._read_order()
        if not remote:
            return []
        products = [RemoteProduct(line.own_id, line.remote_id, {}) for line in remote.lines]
        listings = self.env["marketplace.listing"].sudo()._match_remote(self.config_id, products)
        pairs = zip(remote.lines, listings, strict=True)
        return [line for line, listing in pairs if not listing.product_id]

    def action_replay_chosen(self):
        """Replay those of the chosen events that can be, and say how many."""
        chosen = self.filtered("can_replay")
        chosen.action_replay()
        return self._tell_decided(
            chosen, _("%(number)s of %(total)s events are being dealt with again.")
        )

    def action_ignore_chosen(self):
        """Ignore those of the chosen events that wait, and say how many."""
        chosen = self.filtered("can_ignore")
        chosen.action_ignore()
        return self._tell_decided(chosen, _("%(number)s of %(total)s events are ignored."))

    def _tell_decided(self, chosen, words):
        if not chosen:
            return self.config_id._notify(
                "warning", _("Nothing to decide"), _("None of these events waits for a decision.")
            )
        message = words % {"number": len(chosen), "total": len(self)}
        return self.config_id._notify("success", _("Done"), message)

    def action_open_products(self):
        """Show the products, one of which the order means; a new one begins with what it says."""
        self.ensure_one()
        line = next(iter(self._find_unknown_lines()), None)
        identity = f"default_{self._get_identity_field().name}"
        defaults = {"default_name": line.name, identity: line.own_id} if line else {}
        return {
            "type": "ir.actions.act_window",
            "name": _("Products"),
            "res_model": "product.product",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                *GOODS_DOMAIN,
                ("sale_ok", "=", True),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            "context": {"show_cartona_id": True} | defaults,
        }

    def _get_identity_field(self):
        """Where a product can be given the identity that the marketplace knows it by."""
        source = self.config_id.identity_source
        name = "cartona_id" if source == "variant_id" else source
        return self.env["product.product"]._fields[name]

    def action_open_connection(self):
        """Show the connection that the event came by."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "marketplace.config",
            "res_id": self.config_id.id,
            "views": [(False, "form")],
        }

    def action_ask(self):
        """Read the order as the marketplace has it now."""
        self.ensure_one()
        return self.config_id.action_fetch_order(self.remote_id)

    @api.model
    def get_inbox_action(self):
        """What the menu opens; with one connection, its name in every row says nothing."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cartona_integration.action_marketplace_inbox"
        )
        configs = self.env["marketplace.config"].search_count([], limit=2)
        return action | {
            "context": {"search_default_attention": True, "one_connection": configs < 2}
        }

    @api.model
    def web_read_group(self, *args, opening_info=None, **kwargs):
        """Groups by cause are headed by words; from 19.0 on the client says by their heads which
        ones are open."""
        words = self._get_cause_words()
        if opening_info:
            codes = {sentence: code for code, sentence in words.items()}
            kwargs["opening_info"] = _rename(opening_info, "value", codes)
        result = super().web_read_group(*args, **kwargs)
        _rename(result["groups"], "cause_code", words)
        return result

    @api.model
    def _get_cause_words(self):
        """:return: dict {cause code: the first sentence of what it means}"""
        explanations = self.env["marketplace.api"]._get_explanations()
        words = {code: text.partition(". ")[0].rstrip(".") for code, text in explanations.items()}
        return words | {False: _("Nothing to explain")}


def _rename(groups, key, names):
    """Replace the groups' values, and those of the groups in them, where they have another name."""
    for group in groups:
        if key in group:
            group[key] = names.get(group[key], group[key])
        _rename(group.get("groups") or group.get("__groups", {}).get("groups") or [], key, names)
    return groups

# Who is asked about an order, and how: activities on the sales order, one for each person and kind,
# which say what is the matter now and are gone once nothing is. Called by the holds, by the watch
# over pending orders, and by the sales order when it is confirmed or cancelled.
from markupsafe import Markup

from odoo import _, api, models
from odoo.exceptions import AccessError

from ..compat import check_access

TO_LOOK_AT = "cartona_integration.mail_activity_order"
PENDING = "cartona_integration.mail_activity_order_pending"
ESCALATED = "cartona_integration.mail_activity_order_escalated"
# These end when somebody has answered the customer.
UNANSWERED = (PENDING, ESCALATED)
# In a context: whom Odoo makes no follower of by itself; a person still can.
UNASKED = "marketplace_unasked_followers"


class MarketplaceOrderPeople(models.AbstractModel):
    _name = "marketplace.order.people"
    _description = "Marketplace Order People"

    @api.model
    def _call(self, order):
        """Have somebody look at the order for the reasons that hold it now."""
        present = self._get_activities(order, [TO_LOOK_AT])
        if not order.marketplace_holds:
            present.unlink()
            return
        if present:
            for activity in present:
                activity.note = self._word_holds(order, activity.user_id)
            return
        for user in self._get_responsible(order):
            self._ask(order, TO_LOOK_AT, user, self._word_holds(order, user))

    @api.model
    def _ask(self, order, activity_type, user, note):
        order = order.with_context(lang=user.lang)
        order.activity_schedule(activity_type, user_id=user.id, note=note)

    @api.model
    def _settle(self, orders, activity_types):
        """What people were asked for is done, however that came."""
        self._get_activities(orders, activity_types).unlink()

    @api.model
    def _get_activities(self, orders, activity_types):
        types = [self.env["ir.model.data"]._xmlid_to_res_id(name) for name in activity_types]
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "sale.order"),
                    ("res_id", "in", orders.ids),
                    ("activity_type_id", "in", types),
                ]
            )
        )

    @api.model
    def _word_holds(self, order, user):
        order = order.with_context(lang=user.lang)
        reasons = order.env["marketplace.order.holds"]._explain(order)
        return Markup("<br/>").join(reasons)

    @api.model
    def _word_pending(self, order, user):
        customer = order.partner_id.name
        words = self.with_context(lang=user.lang)
        return words._get_pending_words() % {"customer": customer, "order": order.cartona_id or ""}

    @api.model
    def _get_pending_words(self):
        return _(
            "The customer %(customer)s has waited for an answer to the order %(order)s for longer "
            "than your company allows. Confirm or cancel it."
        )

    @api.model
    def _get_responsible(self, order):
        """The order's salesperson; where it has none, whom the connection names, else its
        managers."""
        config = order.marketplace_config_id
        for users in (order.user_id, config.notify_user_ids, config._get_managers()):
            able = self._filter_able(order, users)
            if able:
                return able
        return self.env["res.users"]

    @api.model
    def _filter_able(self, order, users):
        """Those who can open the order."""
        return users.filtered(
            lambda user: user.active and not user.share and self._may_read(order, user)
        )

    @api.model
    def _may_read(self, order, user):
        companies = user.company_ids.ids
        theirs = order.with_user(user).with_context(allowed_company_ids=companies)
        try:
            check_access(theirs, "read")
        except AccessError:
            return False
        return True


def get_customers(orders):
    """The marketplace's customers among those of orders, and where they get their goods."""
    orders = orders.filtered("marketplace_config_id")
    return [*orders.partner_id.ids, *orders.partner_shipping_id.ids]


def without_followers(records, partner_ids):
    """The records, in a context in which Odoo makes no followers of these partners by itself."""
    return records.with_context(**{UNASKED: partner_ids}) if partner_ids else records


def leave_out(records, partner_ids):
    """Whom Odoo may make followers, of those that it wants to."""
    unasked = records.env.context.get(UNASKED) or ()
    return [one for one in partner_ids or () if one not in unasked]

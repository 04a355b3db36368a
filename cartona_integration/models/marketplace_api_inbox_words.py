# What the codes of events mean, said to the person who looks into the inbox: why it waits, and what
# to do next.
from odoo import _, api, models


class MarketplaceApi(models.AbstractModel):
    _inherit = "marketplace.api"

    @api.model
    def _get_explanations(self):
        return (
            super()._get_explanations()
            | self._get_unusable_explanations()
            | self._get_customer_explanations()
            | self._get_failure_explanations()
            | self._get_version_explanations()
            | self._get_waiting_explanations()
        )

    @api.model
    def _get_unusable_explanations(self):
        """Why an event can't be used as it is."""
        return {
            "no_order_id": _(
                "It does not say which order it is about. Nothing can be done with it: show it to "
                "the marketplace, and ignore it."
            ),
            "bad_value": _(
                "Something in it is not what it should be, or is missing; the details say what. "
                "Show it to the marketplace; what it sends anew is taken in by itself."
            ),
            "bad_number": _(
                "An amount or a price in it is no number that could be meant, or is missing; the "
                "details say which. Show it to the marketplace."
            ),
            "no_lines": _("The order has no lines. Show it to the marketplace, or ignore it."),
            "too_many_lines": _(
                "The order has more lines than anybody orders. Show it to the marketplace."
            ),
            "repeated_line": _(
                "Two lines of the order have the same number, so that changes could meet the wrong "
                "one. Show it to the marketplace."
            ),
            "unknown_status": _(
                "The marketplace uses a status that this version does not know. Look at the order "
                "on the marketplace; update this app if there is a newer version."
            ),
            "foreign_supplier": _(
                "The order's supplier code is none of this token's connections. Enter the code on "
                "the connection that it is meant for, then replay it."
            ),
            "product_ambiguous": _(
                "A line names one product by our identity and another one by the marketplace's; "
                "the details say which. Correct the identities, then replay the event."
            ),
            "product_unknown": _(
                "A line is about a product that this Odoo does not know by that identity; the "
                "details say which. List the product under it, then replay the event."
            ),
        }

    @api.model
    def _get_customer_explanations(self):
        """Why nobody can say who ordered."""
        return {
            "customer_unknown": _(
                "The order has no customer's code, and no phone number that can be called. Ask the "
                "marketplace for the code."
            ),
            "customer_ambiguous": _(
                "The order has no customer's code, and several contacts have its phone number; the "
                "details say which. Correct the number of all but one: the order follows by itself."
            ),
            "customer_archived": _(
                "The customer is archived in Odoo. Bring the contact back: the order follows by "
                "itself."
            ),
        }

    @api.model
    def _get_failure_explanations(self):
        """Why dealing with an event did not end well."""
        return {
            "refused_by_odoo": _(
                "Odoo does not accept the order; its reason stands in the details. Mend it, then "
                "replay the event."
            ),
            "unexpected_event": _(
                "Dealing with it failed in a way that nobody has thought of. Show the details and "
                "the server's log to your administrator."
            ),
            "tried_in_vain": _(
                "It was tried several times, and each time the database or an app of this Odoo "
                "refused it; the details say how. Show it to your administrator. Once that is "
                "mended, the next poll takes the order in, or you replay it."
            ),
            "crashed": _(
                "Dealing with it has ended its process several times, so it is left alone. Show it "
                "to your administrator, then replay it."
            ),
        }

    @api.model
    def _get_version_explanations(self):
        """What is known to be old, or can't be told from it."""
        return {
            "duplicate": _("It says what the order says already."),
            "repeated": _("The same arrived once more, and that one is dealt with."),
            "stale": _("A newer version of the order has been taken in before it."),
            "superseded": _("The marketplace's own list shows that another version holds."),
            "undecided": _(
                "It differs from what is known without saying which is newer. The marketplace's "
                "own list decides, within minutes."
            ),
            "two_versions": _(
                "It differs from what is known, and the marketplace's own list no longer shows the "
                "order. Compare it with the marketplace: replay it if it holds, or ignore it."
            ),
            "moved_back": _(
                "The marketplace moved the order back to a status that it had left; the details "
                "say from where to where. Look at the order there, then change the sales order by "
                "hand and ignore this."
            ),
            "by_person": _("Somebody decided to do nothing with it."),
        }

    @api.model
    def _get_waiting_explanations(self):
        """What has to happen first."""
        return {
            "order_unknown": _("Its order has not arrived yet. It is applied once it has."),
            "orders_off": _(
                "The connection takes no orders in. It is dealt with once Orders is set to live."
            ),
            "observed": _(
                "The connection only observes orders. It is dealt with once Orders is set to live."
            ),
            "first_seen_delivered": _(
                "The order had been delivered before it arrived here, so no quotation was made of "
                "it. Replay it if you want one."
            ),
            "order_deleted": _(
                "Somebody deleted the order in Odoo, and it has changed since. Ignore this, or ask "
                "the marketplace to cancel the order."
            ),
            "changed_after_confirmation": _(
                "The customer changed the order after it was confirmed here. Change the sales "
                "order by hand, then ignore this."
            ),
            "cancelled_after_confirmation": _(
                "The order was cancelled after it was confirmed here. Cancel the sales order, then "
                "replay this."
            ),
            "cancel_failed": _(
                "Odoo did not cancel the order. Cancel it by hand, then replay this."
            ),
        }

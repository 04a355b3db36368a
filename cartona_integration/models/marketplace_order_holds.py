# What keeps an order from being confirmed, by itself or by anybody: its reasons as codes on the
# sales order, said to people in marketplace_api_order_words.py and siblings. Called by the order
# writer each time it has written an order, by the inbox, and by the order's button Release.
from odoo import _, api, models
from odoo.exceptions import UserError

# Nobody may confirm such an order, whatever he knows.
EDITING, PLACEHOLDER = STRICT = ("editing", "placeholder")
# The marketplace has told more of the order than could be taken in.
NEWER_VERSION = "newer_version"
# These only tell, and keep nobody from confirming.
CONFIRM_FAILED, PUT_BACK = TELLING = ("confirm_failed", "put_back")
# What is so whatever the order contains; all other reasons are found in its content.
_OF_MOMENT = {EDITING, NEWER_VERSION, CONFIRM_FAILED, PUT_BACK}


class MarketplaceOrderHolds(models.AbstractModel):
    _name = "marketplace.order.holds"
    _description = "Marketplace Order Holds"

    @api.model
    def _refresh(self, config, order, remote, is_edited=True):
        """Note on the sales order why a person has to look at it first, if there is a reason.

        :param remote: a RemoteOrder, or a RemoteStatus, which says nothing of its content
        :param is_edited: what people have released may be something else now
        """
        before = split(order.marketplace_holds)
        released = [] if is_edited else split(order.marketplace_released)
        if order.state == "cancel":
            found = self._find_left_behind(order)
        elif remote.digest:
            found = self._find_of_moment(order, remote, before) + self._find(config, order, remote)
        else:
            content = [code for code in before if code not in _OF_MOMENT]
            found = self._find_of_moment(order, remote, before) + content
        found = [code for code in found if code in STRICT or code not in released]
        self._note(order, found, released)

    @api.model
    def _find(self, config, order, remote):
        """:return: list of codes, of what the order contains"""
        return [
            *self.env["marketplace.order.products"]._find_holds(order),
            *self.env["marketplace.order.totals"]._find(order, remote),
            *order._get_money_holds(),
        ]

    @api.model
    def _find_of_moment(self, order, remote, before):
        codes = [EDITING] if remote.status == EDITING else []
        if NEWER_VERSION in before and self._get_untaken(order):
            codes.append(NEWER_VERSION)
        return codes

    @api.model
    def _find_left_behind(self, order):
        to_put_back = self.env["marketplace.order.changes"]._get_to_put_back(order)
        return [PUT_BACK] if to_put_back else []

    @api.model
    def _note(self, order, codes, released=None):
        """Write what differs: most orders are held by nothing, and written by nobody."""
        values = {"marketplace_holds": ",".join(codes) or False}
        if released is not None:
            values["marketplace_released"] = ",".join(released) or False
        changed = {name: value for name, value in values.items() if order[name] != value}
        if changed:
            order.write(changed)
            self.env["marketplace.order.people"]._call(order)

    @api.model
    def _add(self, order, code):
        codes = split(order.marketplace_holds)
        if code not in codes:
            self._note(order, [*codes, code])
        else:
            self.env["marketplace.order.people"]._call(order)

    @api.model
    def _remove(self, order, code):
        codes = split(order.marketplace_holds)
        if code in codes:
            self._note(order, [one for one in codes if one != code])

    @api.model
    def _follow_inbox(self, event):
        """An event of an order waits for somebody to decide, or does no more."""
        order = self.env["marketplace.order"]._find(event.config_id, event.remote_id).order_id
        if not order:
            return
        if self._get_untaken(order):
            self._add(order, NEWER_VERSION)
        elif NEWER_VERSION in split(order.marketplace_holds):
            self._remove(order, NEWER_VERSION)
            self.env["marketplace.order.confirmation"]._confirm_as_wanted(order)

    @api.model
    def _get_untaken(self, order):
        return self.env["marketplace.inbox"]._find_untaken(
            order.marketplace_config_id, order.cartona_id
        )

    @api.model
    def _release(self, orders):
        """A person has looked at the orders, and takes what holds them on himself.

        :raise UserError: nobody may do that now
        """
        for order in orders:
            codes = split(order.marketplace_holds)
            freed = [code for code in codes if code not in STRICT]
            if not freed:
                raise UserError(self._refuse(order) or _("Nothing holds this order."))
            released = split(order.marketplace_released)
            self._note(order, [code for code in codes if code in STRICT], [*released, *freed])
            words = " ".join(self._explain(order, freed))
            order.message_post(
                body=_("Released in spite of this: %s", words), subtype_xmlid="mail.mt_note"
            )
            self.env["marketplace.order.confirmation"]._confirm_as_wanted(order)

    @api.model
    def _refuse(self, order):
        """:return: why nobody can confirm the order now and what to do; "" if nothing holds it"""
        codes = [code for code in split(order.marketplace_holds) if code not in TELLING]
        if not codes:
            return ""
        words = "\n".join(self._explain(order, codes))
        if set(codes) & set(STRICT):
            return _("The order %(order)s can't be confirmed now.\n%(reasons)s", order=order.name,
                     reasons=words)  # fmt: skip
        return _(
            "The order %(order)s waits for a person.\n%(reasons)s\nOpen it, look at it, and press "
            "Release; then it can be confirmed.",
            order=order.name,
            reasons=words,
        )

    @api.model
    def _check(self, order):
        """:raise UserError: nobody may confirm the order now"""
        refusal = self._refuse(order)
        if refusal:
            raise UserError(refusal)

    @api.model
    def _explain(self, order, codes=None):
        """:return: list of sentences, why the order waits"""
        explain = self.env["marketplace.api"]._explain
        sentences = []
        for code in split(order.marketplace_holds) if codes is None else codes:
            details = self._get_details(order, code)
            sentences.append(" ".join([explain(code), *details]))
        return sentences

    @api.model
    def _get_details(self, order, code):
        if code == NEWER_VERSION:
            explain = self.env["marketplace.api"]._explain
            return [
                " ".join(filter(None, (explain(event.cause_code), event.cause_detail)))
                for event in self._get_untaken(order)
            ]
        if code == PUT_BACK:
            changes = self.env["marketplace.order.changes"]
            return [", ".join(changes._get_to_put_back(order).mapped("name"))]
        return []

    @api.model
    def _is_releasable(self, order):
        return bool(set(split(order.marketplace_holds)) - set(STRICT))

    @api.model
    def _is_confirmable(self, order):
        """Whether nothing keeps the order from being confirmed by itself."""
        codes = split(order.marketplace_holds)
        return order.state in ("draft", "sent") and set(codes) <= set(TELLING)


def split(codes):
    return codes.split(",") if codes else []

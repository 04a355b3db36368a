# What keeps an order from being confirmed, by itself or by anybody: its reasons as codes on the
# sales order, said to people in marketplace_api_order_words.py and siblings. Called by the order
# writer each time it has written an order, by the inbox, and by the order's button Release.
from odoo import _, api, models
from odoo.exceptions import UserError

# Nobody may confirm such an order, whatever he knows.
EDITING, PLACEHOLDER = STRICT = ("editing", "placeholder")
# The marketplace has told more of the order than could be taken in.
NEWER_VERSION = "newer_version"
# The marketplace says that it is cancelled, and goods or an invoice are out.
CALLED_OFF = "called_off"
# These only tell, and keep nobody from confirming.
CONFIRM_FAILED, PUT_BACK, DELIVERED = TELLING = ("confirm_failed", "put_back", "already_delivered")
# What is so whatever the order contains; all other reasons are found in its content.
_OF_MOMENT = {EDITING, NEWER_VERSION, CALLED_OFF, *TELLING}
# A person has dealt with it for good, whatever is told of the order's content afterwards.
ONCE = {CALLED_OFF, PUT_BACK, DELIVERED}
# What was released of these says nothing of the next time.
_EACH_TIME = {*STRICT, NEWER_VERSION, CONFIRM_FAILED}


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
        released = split(order.marketplace_released)
        if is_edited:
            released = [code for code in released if code in ONCE]
        if order.state == "cancel" or self._is_called_off(order):
            found = self._find_left_behind(order, before)
        elif remote.digest:
            found = self._find_of_moment(order, before) + self._find(config, order, remote)
        else:
            now = self._find(config, order, remote)
            content = [code for code in before if code not in _OF_MOMENT and code in now]
            found = self._find_of_moment(order, before) + content
        found = [code for code in found if code in _EACH_TIME or code not in released]
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
    def _find_of_moment(self, order, before):
        codes = [EDITING] if order.marketplace_status == EDITING else []
        if order.marketplace_status == "delivered" and order.state in ("draft", "sent"):
            codes.append(DELIVERED)
        return codes + self._find_newer(before)

    @api.model
    def _find_newer(self, before):
        """Only the inbox says when that has been taken in: see _follow_inbox."""
        return [NEWER_VERSION] if NEWER_VERSION in before else []

    @api.model
    def _find_left_behind(self, order, before):
        """Of an order that is off."""
        codes = [CALLED_OFF] if self._is_called_off(order) else []
        if self.env["marketplace.order.cancellation"]._get_to_put_back(order):
            codes.append(PUT_BACK)
        return codes + self._find_newer(before)

    @api.model
    def _is_called_off(self, order):
        return self.env["marketplace.order.cancellation"]._is_called_off(order)

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
        """An event of an order waits for somebody to decide, or does no more. What is released
        counts no more, and what is being dealt with again does until it has been."""
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
            words = " ".join(self._explain(order, freed))
            if NEWER_VERSION in freed:
                self._get_untaken(order).is_released = True
            released = [*split(order.marketplace_released), *freed]
            kept = [code for code in dict.fromkeys(released) if code not in _EACH_TIME]
            self._note(order, [code for code in codes if code in STRICT], kept)
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
                # one that is being tried again has no cause now
                if event.cause_code
            ]
        cancellation = self.env["marketplace.order.cancellation"]
        if code == PUT_BACK:
            return [", ".join(cancellation._get_to_put_back(order).mapped("name"))]
        return [cancellation._get_out(order)] if code == CALLED_OFF else []

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

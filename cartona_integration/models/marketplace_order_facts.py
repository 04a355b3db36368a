# What a marketplace says of an order besides its customer and lines, as values of the sales order.
# Pure. Called by the order writer.
from datetime import datetime, time, timezone

import pytz

from odoo import api, models

from ..utils.moments import read_moment

TEXTS = (
    "marketplace_note",
    "distribution_route_code",
    "receipt_number",
    "pickup_date",
    "pickup_otp",
    "told_cancellation_reason",
    "told_return_reason",
)
DAYS = ("estimated_delivery_day", "delivery_day")
# What names a moment, and where the moment is written.
MOMENTS = {"ordered_at": "ordered_at", "preferred_delivery": "commitment_date"}
# Seen in the marketplace's own words, too.
SHOWN_AS_TOLD = ("preferred_delivery",)
# The hour of a day that comes without one: whatever the zone, it stays the same day.
NOON = time(12)


class MarketplaceOrderFacts(models.AbstractModel):
    _name = "marketplace.order.facts"
    _description = "Marketplace Order Facts"

    @api.model
    def _get_values(self, config, remote, order=None):
        """:param remote: a RemoteOrder, or a RemoteStatus, which tells less
        :param order: the sales order, unless it is a new one
        :return: dict of values of the sales order; what the message does not tell is left out
        """
        order = self.env["sale.order"] if order is None else order
        told = {name: text for name, text in remote.facts.items() if text}
        if told.get("preferred_delivery") == order.preferred_delivery:
            # where people have put the delivery meanwhile stays
            told.pop("preferred_delivery", None)
        read, unread = self._read_told(config, told)
        money = {name: float(amount) for name, amount in getattr(remote, "money", {}).items()}
        values = {"marketplace_status": remote.status} | money | read
        if unread or (remote.digest and order.unread_facts):
            values["unread_facts"] = self._word_unread(config, unread)
        return values

    @api.model
    def _read_told(self, config, told):
        """:return: (values of the sales order, {name: text} of what can't be read)"""
        values = {name: told[name] for name in TEXTS if name in told}
        unread = {}
        if deliverer := told.get("delivered_by"):
            known = dict(self.env["sale.order"]._fields["delivered_by"].selection)
            (values if deliverer in known else unread)["delivered_by"] = deliverer
        for name in (*DAYS, *MOMENTS):
            if name in told:
                moment = self._read_moment(config, told[name])
                if not moment and name not in SHOWN_AS_TOLD:
                    unread[name] = told[name]
                elif moment and name in DAYS:
                    values[name] = moment.date()
                elif moment:
                    values[MOMENTS[name]] = _as_utc(moment)
        return values | {name: told[name] for name in SHOWN_AS_TOLD if name in told}, unread

    @api.model
    def _read_moment(self, config, text):
        """:return: a moment in the company's zone, None when nobody can say which"""
        moment = read_moment(text)
        if moment is None:
            return None
        zone = self._get_zone(config.company_id)
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, NOON)
        return moment.astimezone(zone) if moment.tzinfo else zone.localize(moment)

    @api.model
    def _get_zone(self, company):
        """Where a company's customers read the clock."""
        in_country = pytz.country_timezones.get(company.country_id.code or "", [])
        name = company.partner_id.tz or (in_country[0] if in_country else "UTC")
        return pytz.timezone(name)

    @api.model
    def _word_unread(self, config, unread):
        lang = config.user_id.lang or config.company_id.partner_id.lang
        fields = self.env["ir.model.fields"].with_context(lang=lang)
        return "\n".join(
            f"{fields._get('sale.order', name).field_description}: {text}"
            for name, text in unread.items()
        )


def _as_utc(moment):
    return moment.astimezone(timezone.utc).replace(tzinfo=None)

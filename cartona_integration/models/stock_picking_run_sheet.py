# The driver's run sheet: the outgoing transfers that somebody has chosen, route by route, with what
# to collect at each stop. Printed by report/run_sheet.xml.
from odoo import _, models
from odoo.exceptions import UserError
from odoo.tools import groupby


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _get_run_sheet(self):
        """:return: {"routes": in their order, the one without a code at the end, "total",
        "left_out": transfers that are on no route}
        :raise UserError: nothing of it is ours to deliver
        """
        ours = self.filtered(lambda one: one._is_on_run_sheet())
        if not ours:
            raise UserError(
                _(
                    "None of these transfers is on its way to a customer by your own drivers. "
                    "Choose deliveries that are not cancelled, and that the marketplace does not "
                    "pick up."
                )
            )
        ordered = ours.sorted(lambda one: (one._get_route(), one.scheduled_date, one.name or ""))
        routes = [
            self._build_route(code, self.browse().concat(*stops))
            for (_is_without, code), stops in groupby(ordered, lambda one: one._get_route())
        ]
        return {
            "routes": routes,
            "total": self._sum_up([stop for route in routes for stop in route["stops"]]),
            "left_out": (self - ours).sorted("name"),
        }

    def _is_on_run_sheet(self):
        return (
            self.picking_type_code == "outgoing"
            and self.state != "cancel"
            and self.delivered_by != "marketplace"
        )

    def _get_route(self):
        code = self.distribution_route_code or ""
        return not code, code

    def _build_route(self, code, pickings):
        stops = [one._build_stop() for one in pickings]
        return {
            "code": code,
            "company": pickings[0].company_id,
            "stops": stops,
            "total": self._sum_up(stops),
        }

    def _build_stop(self):
        moves = self.move_ids.filtered(lambda move: move.state != "cancel")
        return {
            "picking": self,
            "phones": self._get_customer_phones(),
            "lines": len(moves),
            "packages": len(self.move_line_ids.result_package_id),
            "is_ours_to_collect": self._is_collected_by_us(),
            "currency": self.marketplace_currency_id,
            "amount": self.amount_to_collect,
            "collected_with": self.collected_with_id,
        }

    def _sum_up(self, stops):
        """:return: {"stops", "lines", "packages", "amounts": {currency: sum}}"""
        amounts = {}
        for stop in stops:
            if stop["is_ours_to_collect"] and not stop["collected_with"]:
                currency = stop["currency"]
                amounts[currency] = amounts.get(currency, 0.0) + stop["amount"]
        return {
            "stops": len(stops),
            "lines": sum(stop["lines"] for stop in stops),
            "packages": sum(stop["packages"] for stop in stops),
            "codes": sum(stop["picking"].requires_otp for stop in stops),
            "amounts": {c: c.round(amount) for c, amount in amounts.items()},
        }

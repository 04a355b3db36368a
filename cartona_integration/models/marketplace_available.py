# What is available of products in base units, each with the steps to it: the basis in the chosen
# warehouses, without what has expired and what marketplace orders need; of a kit, what its scarcest
# part makes.
from odoo import api, fields, models

from ..compat import WAREHOUSE_KEY, get_expiry_domain, is_stock_counted
from ..utils.quantities import kits
from ..utils.trace import Trace, exact

_STOCK_FIELDS = {"free": "free_qty", "on_hand": "qty_available", "forecast": "virtual_available"}


class MarketplaceAvailable(models.AbstractModel):
    _name = "marketplace.available"
    _description = "Marketplace Available Stock"

    @api.model
    def _trace(self, config, policy, products):
        """:return: dict {product id: Trace}, which ends in None for goods that nobody counts"""
        warehouses = self._get_warehouses(config, policy)
        if warehouses.company_id - config.company_id:
            return {product.id: Trace(trouble="stock_company") for product in products}
        parts = self.env["marketplace.kits"]._get_parts(products, config.company_id)
        pieces = products | products.browse(
            [id_ for taken in parts.values() for id_ in taken or ()]
        )
        counted = pieces.filtered(is_stock_counted)
        figures = self._trace_pieces(config, policy, warehouses, counted)
        return {
            product.id: self._trace_kit(parts[product.id], figures)
            if product.id in parts
            else figures.get(product.id) or self._trace_uncounted()
            for product in products
        }

    @api.model
    def _get_warehouses(self, config, policy):
        """The chosen warehouses, or all of the company; an archived one offers nothing."""
        chosen = policy.with_context(active_test=False).warehouse_ids
        if chosen:
            return chosen.filtered("active")
        return self.env["stock.warehouse"].search([("company_id", "=", config.company_id.id)])

    @api.model
    def _get_most(self, config, policy):
        """The largest quantity on hand of any product, whether it is listed or not."""
        warehouses = self._get_warehouses(config, policy)
        self.env.cr.execute(
            """
            SELECT sum(quant.quantity) FROM stock_quant quant
              JOIN stock_location location ON location.id = quant.location_id
                   AND location.usage = 'internal'
             WHERE location.warehouse_id = ANY(%s)
          GROUP BY quant.product_id ORDER BY 1 DESC LIMIT 1
            """,
            [warehouses._origin.ids],
        )
        return (self.env.cr.fetchone() or (0.0,))[0]

    @api.model
    def _trace_uncounted(self):
        trace = Trace()
        trace.add("uncounted", None)
        return trace

    @api.model
    def _trace_kit(self, parts, figures):
        """A kit that has parts which are counted is counted by them."""
        if parts is None:
            return Trace(trouble="stock_unit")
        there = [(figures[part], needed, part) for part, needed in parts.items() if part in figures]
        if not there:
            return self._trace_uncounted()
        trouble = next((figure.trouble for figure, _needed, _part in there if figure.trouble), "")
        trace = Trace(trouble=trouble)
        number, scarce = kits([(figure.value, needed) for figure, needed, _part in there])
        figure, needed, part_id = there[scarce]
        part = self.env["product.product"].browse(part_id)
        trace.steps += figure.steps
        trace.add("kit", number, part=part, needed=needed)
        return trace

    @api.model
    def _trace_pieces(self, config, policy, warehouses, products):
        expired = self._get_expired(policy.stock_basis, warehouses, products)
        demand, unclear = self.env["marketplace.demand"]._get_unreserved_demand(
            config.company_id, warehouses, with_moves=policy.stock_basis != "forecast"
        )
        name = _STOCK_FIELDS[policy.stock_basis]
        traces = {}
        for product in products.with_context(**{WAREHOUSE_KEY: warehouses.ids}):
            # Without a warehouse, Odoo would count those of every company.
            there = product[name] if warehouses else 0.0
            less = (expired.get(product.id, 0.0), demand.get(product.id, 0.0))
            trace = traces[product.id] = Trace()
            trace.trouble = unclear.get(product.id, "")
            self._trace_piece(trace, there, *less, basis=policy.stock_basis, warehouses=warehouses)
        return traces

    @api.model
    def _trace_piece(self, trace, there, expired, demand, **detail):
        try:
            trace.add("basis", exact(there), **detail)
            if expired:
                trace.add("expired", trace.value - exact(expired), quantity=exact(expired))
            if demand:
                trace.add("demand", trace.value - exact(demand), quantity=exact(demand))
        except OverflowError:
            trace.trouble = "stock_overflow"

    @api.model
    def _get_expired(self, basis, warehouses, products):
        """Goods past their removal date that the basis counts all the same: {product id: qty}."""
        quants = self.env["stock.quant"]
        if "removal_date" not in quants._fields or not warehouses:
            return {}
        expired = quants._read_group(
            [
                ("product_id", "in", products.ids),
                ("location_id", "child_of", warehouses.view_location_id.ids),
                *get_expiry_domain(basis, fields.Datetime.now()),
            ],
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        return {
            product.id: quantity - (reserved if basis != "on_hand" else 0)
            for product, quantity, reserved in expired
        }

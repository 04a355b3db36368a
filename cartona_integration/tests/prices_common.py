# Pricelists, taxes and currencies for the tests of prices.
from datetime import timedelta

from odoo import fields

from .outbound_common import OutboundCase


class PricesCase(OutboundCase):
    @classmethod
    def new_tax(cls, name, *, price_include):
        taxes = cls.env["account.tax"]
        values = {"name": name, "amount": 14.0, "type_tax_use": "sale"}
        if "price_include_override" in taxes._fields:
            values["price_include_override"] = "tax_included" if price_include else "tax_excluded"
        else:
            values["price_include"] = price_include
        return taxes.create(values)

    @classmethod
    def new_pricelist(cls, *rules, **values):
        items = [(0, 0, rule) for rule in rules]
        return cls.env["product.pricelist"].create({"name": "Shop", "item_ids": items, **values})

    def built_on(self, pricelist, **values):
        return {
            "compute_price": "formula",
            "base": "pricelist",
            "base_pricelist_id": pricelist.id,
            **values,
        }

    def new_currency(self, rate, days_ago=0, active=True):
        currencies = self.env["res.currency"].with_context(active_test=False)
        number = currencies.search_count([("name", "=like", "MP_")])
        currency = currencies.create({"name": f"MP{number}", "symbol": "M"})
        if rate:
            self.new_rate(currency, rate, days_ago)
        currency.active = active
        return currency

    def new_rate(self, currency, rate, days_ago=0):
        return self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "rate": rate,
                "name": fields.Date.today() - timedelta(days=days_ago),
                "company_id": self.config.company_id.id,
            }
        )

    def with_sizes(self, product):
        """Give a product two sizes.

        :return: (small, large), which is listed as MPT-LARGE
        """
        attribute = self.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [(0, 0, {"name": "Small"}), (0, 0, {"name": "Large"})],
            }
        )
        template = self.env["product.template"].browse(product.product_tmpl_id.id)
        sizes = {"attribute_id": attribute.id, "value_ids": [(6, 0, attribute.value_ids.ids)]}
        template.attribute_line_ids = [(0, 0, sizes)]
        small, large = template.product_variant_ids
        large.default_code = "MPT-LARGE"
        return small, large

# Which listings a change of pricelists, their rules or a currency may give another price. Called by
# the hooks on them; whatever no connection uses costs a look and no mark.
from odoo import api, models


class MarketplacePriceMarks(models.AbstractModel):
    _name = "marketplace.price.marks"
    _description = "Marketplace Price Marks"

    @api.model
    def _get_lists_in_use(self):
        """:return: dict {connection: pricelists that its prices may come from}"""
        configs = (
            self.env["marketplace.config"].sudo().search([("state", "in", ("live", "paused"))])
        )
        exceptions = self.env["marketplace.policy"].sudo().search([("own_prices", "=", True)])
        get_chain = self.env["marketplace.unit.price"].sudo()._get_chain
        return {
            config: get_chain(
                config.pricelist_id
                | exceptions.filtered(
                    lambda one, config=config: one.config_id == config
                ).pricelist_id
            )
            for config in configs
        }

    @api.model
    def _mark_rules(self, rules):
        """Rules begin, end or say something else."""
        users = self._get_lists_in_use()
        used = self.env["product.pricelist"].union(*users.values())
        rules = rules.filtered(lambda rule: rule.pricelist_id in used)
        outbox = self.env["marketplace.outbox"]
        for scope, key, name in (
            ("0_product_variant", "product", "product_id"),
            ("1_product", "template", "product_tmpl_id"),
            ("2_product_category", "category", "categ_id"),
        ):
            covered = rules.filtered(lambda rule, scope=scope: rule.applied_on == scope)[name]
            outbox._mark("price", key, covered.ids)
        general = rules.filtered(lambda rule: rule.applied_on == "3_global").pricelist_id
        self._mark_users(users, lambda _config, lists: lists & general)

    @api.model
    def _mark_pricelists(self, pricelists):
        """Pricelists are something else as a whole."""
        self._mark_users(self._get_lists_in_use(), lambda _config, lists: lists & pricelists)

    @api.model
    def _mark_currencies(self, currencies):
        """Currencies have other rates, or are used or not."""
        # What companies share is priced in this one.
        shared = self.env["res.company"]._get_main_company().currency_id
        self._mark_users(
            self._get_lists_in_use(),
            lambda config, lists: (
                (lists.currency_id | shared) - config.currency_id
                and (lists.currency_id | shared | config.currency_id) & currencies
            ),
        )

    @api.model
    def _mark_users(self, users, is_concerned):
        configs = [config.id for config, lists in users.items() if is_concerned(config, lists)]
        self.env["marketplace.outbox"]._mark("price", "config", configs)

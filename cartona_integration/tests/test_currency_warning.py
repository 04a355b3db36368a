# A connection says so where the company's currency is not the one that the marketplace's prices are
# in, and keeps nobody from going on.
from odoo.tests import Form, tagged

from .common import TOKEN, MarketplaceCase


@tagged("post_install", "-at_install")
class TestCurrencyWarning(MarketplaceCase):
    def new_company(self, code):
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", code)])
        currency.active = True
        company = self.env["res.company"].create({"name": code, "currency_id": currency.id})
        self.env.user.company_ids += company
        return company

    def new_connection(self, company):
        return self.env["marketplace.config"].create(
            {
                "name": "Another",
                "company_id": company.id,
                "deployment": "supplier",
                "auth_token": TOKEN,
            }
        )

    def test_another_currency_is_spoken_of_and_refused_nowhere(self):
        config = self.new_connection(self.new_company("EUR"))
        self.assertEqual(
            config.currency_warning,
            "The marketplace's prices are in EGP, and your company's currency is EUR. Prices go "
            "out and orders come in in EUR, with the figures as they are. Use a company here whose "
            "currency is EGP.",
        )
        with Form(config) as form:
            form.supplier_name = "Nile"
            self.assertTrue(form.currency_warning)

    def test_nothing_is_said_where_the_currency_is_the_same(self):
        config = self.new_connection(self.new_company("EGP"))
        self.assertFalse(config.currency_warning)

    def test_a_marketplace_of_no_certain_currency_says_nothing(self):
        self.patch(type(self.env["marketplace.adapter.cartona"]), "_get_currency", lambda _self: "")
        config = self.new_connection(self.new_company("EUR"))
        self.assertFalse(config.currency_warning)

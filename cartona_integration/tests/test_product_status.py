# What the screens of products and stock show of their listings: the worst status and the newest
# sending, of those the user may see, in as few queries for many as for few.
from datetime import datetime

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests.common import new_test_user, tagged

from .product_screens_common import USER_GROUPS, ProductScreensCase

MORNING = datetime(2024, 3, 1, 9, 0)
EVENING = datetime(2024, 3, 1, 18, 0)


@tagged("post_install", "-at_install")
class TestProductStatus(ProductScreensCase):
    def statuses(self, record):
        """The same question, asked of variant, template and stock."""
        product = record.with_user(self.clerk)
        quant = self.quant(record).with_user(self.clerk)
        return [
            (each.marketplace_status, each.marketplace_sent_at)
            for each in (product, product.product_tmpl_id, quant)
        ]

    def found(self, model, *condition):
        """Which of the three products a search leads to."""
        records = self.env[model].with_user(self.clerk).search([("marketplace_status", *condition)])
        codes = records.mapped("product_id.default_code" if "quant" in model else "default_code")
        return {code for code in codes if str(code).startswith("MPT-")}

    def test_a_product_stands_as_its_only_listing(self):
        for status in ("never", "in_step", "held", "rejected", "missing", "off"):
            self.forget_listings()
            self.list_product(self.oil, status, MORNING)
            self.assertEqual(self.statuses(self.oil), [(status, MORNING)] * 3, status)

    def test_a_product_without_a_listing_is_not_listed(self):
        self.assertEqual(self.statuses(self.oil), [("not_listed", False)] * 3)

    def test_what_has_a_due_mark_is_waiting(self):
        self.make_wait(self.list_product(self.oil, "in_step", MORNING))
        self.assertEqual(self.statuses(self.oil), [("waiting", MORNING)] * 3)

    def test_what_was_changed_by_the_same_save_is_waiting(self):
        self.list_product(self.oil, "in_step", MORNING)
        self.oil.list_price = 81.0
        self.assertEqual(self.statuses(self.oil), [("waiting", MORNING)] * 3)

    def test_the_worst_of_several_packs_and_connections_speaks_for_all(self):
        second = self.new_config()
        piece = self.list_product(self.oil, "in_step", EVENING)
        self.list_product(self.oil, "off", MORNING, pack_number=1, pack_qty=6)
        self.assertEqual(self.statuses(self.oil), [("in_step", EVENING)] * 3)
        self.list_product(self.oil, "never", config=second)
        self.assertEqual(self.statuses(self.oil), [("never", EVENING)] * 3)
        self.list_product(self.oil, "held", MORNING, config=second, pack_number=1, pack_qty=6)
        self.assertEqual(self.statuses(self.oil), [("held", EVENING)] * 3)
        self.make_wait(piece)
        self.assertEqual(self.statuses(self.oil), [("waiting", EVENING)] * 3)
        self.list_product(self.oil, "rejected", config=second, pack_number=2, pack_qty=12)
        self.make_wait(piece)
        self.assertEqual(self.statuses(self.oil), [("rejected", EVENING)] * 3)
        self.assertEqual(self.oil.with_user(self.clerk).marketplace_listing_count, 5)

    def test_a_template_speaks_for_its_variants(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [Command.create({"name": name}) for name in "SL"]}
        )
        template = self.env["product.template"].browse(self.oil.product_tmpl_id.id)
        template.attribute_line_ids = [
            Command.create(
                {
                    "attribute_id": attribute.id,
                    "value_ids": [Command.set(attribute.value_ids.ids)],
                }
            )
        ]
        template = template.with_user(self.clerk)
        small, large = template.product_variant_ids
        self.list_product(small, "in_step", EVENING)
        self.list_product(large, "rejected", MORNING)
        self.assertEqual(small.marketplace_status, "in_step")
        self.assertEqual(large.marketplace_status, "rejected")
        self.assertEqual(
            (template.marketplace_status, template.marketplace_sent_at), ("rejected", EVENING)
        )

    def test_every_list_is_filtered_by_status(self):
        self.list_product(self.oil, "in_step")
        self.list_product(self.oil, "off", pack_number=1, pack_qty=6)
        self.list_product(self.rice, "in_step")
        self.make_wait(self.list_product(self.rice, "never", pack_number=1, pack_qty=6))
        everything = {"MPT-OIL", "MPT-RICE", "MPT-TEA"}
        expected = [
            (("=", "in_step"), {"MPT-OIL"}),
            (("=", "off"), set()),
            (("=", "waiting"), {"MPT-RICE"}),
            (("=", "not_listed"), {"MPT-TEA"}),
            (("=", False), {"MPT-TEA"}),
            (("!=", False), {"MPT-OIL", "MPT-RICE"}),
            (("!=", "in_step"), {"MPT-RICE", "MPT-TEA"}),
            (("!=", "not_listed"), {"MPT-OIL", "MPT-RICE"}),
            (("in", ["in_step", "waiting"]), {"MPT-OIL", "MPT-RICE"}),
            (("in", ["in_step", "not_listed"]), {"MPT-OIL", "MPT-TEA"}),
            (("not in", ["in_step", "not_listed"]), {"MPT-RICE"}),
            (("in", []), set()),
            (("not in", []), everything),
        ]
        for model in ("product.product", "product.template", "stock.quant"):
            for condition, products in expected:
                self.assertEqual(self.found(model, *condition), products, (model, condition))

    def test_a_search_that_cannot_be_meant_is_refused(self):
        with self.assertRaisesRegex(UserError, "by choosing one"):
            self.found("product.product", "ilike", "step")

    def test_a_user_is_told_of_the_chosen_companies_only(self):
        abroad = self.env["res.company"].create({"name": "Abroad"})
        self.clerk.company_ids += abroad
        self.list_product(self.oil, "in_step", MORNING)
        self.list_product(
            self.oil, "rejected", EVENING, config=self.new_config(company_id=abroad.id)
        )
        here, there, both = (
            self.oil.with_user(self.clerk).with_context(allowed_company_ids=companies)
            for companies in (
                self.env.company.ids,
                abroad.ids,
                (self.env.company | abroad).ids,
            )
        )
        self.assertEqual((here.marketplace_status, here.marketplace_sent_at), ("in_step", MORNING))
        self.assertEqual(there.marketplace_status, "rejected")
        self.assertEqual((both.marketplace_status, both.marketplace_listing_count), ("rejected", 2))
        refused = [("id", "=", self.oil.id), ("marketplace_status", "=", "rejected")]
        self.assertFalse(here.search(refused))
        self.assertTrue(there.search(refused))
        # Stock that lies here is not offered abroad.
        quant = self.quant(self.oil).with_env(both.env)
        self.assertEqual(quant.marketplace_status, "in_step")

    def test_a_product_that_is_not_saved_yet_shows_nothing(self):
        draft = self.env["product.template"].with_user(self.clerk).new({"name": "Draft"})
        self.assertEqual(draft.marketplace_status, "not_listed")

    def test_many_records_cost_as_many_queries_as_few(self):
        products = self.oil
        for number in range(20):
            products |= self.new_product(f"MPQ-{number}", 5.0)
        for product in products:
            self.list_product(product, "in_step", MORNING)
            self.set_stock(product, 1)
        user = new_test_user(self.env, "mp_counter", groups=USER_GROUPS)
        quants = self.env["stock.quant"].search([("product_id", "in", products.ids)])
        for records in (products, products.product_tmpl_id, quants):
            costs = []
            for some in (records[:2], records[:20]):
                some = some.with_user(user)
                # Rights are read once and kept.
                some[0].mapped("marketplace_status")
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                some.mapped("marketplace_status")
                some.mapped("marketplace_sent_at")
                costs.append(self.cr.sql_log_count - before)
            self.assertEqual(costs[0], costs[1], records._name)
            self.assertLessEqual(costs[1], 2, records._name)

# Who sees what in the forms and lists of products and stock: people without the marketplace's
# groups find Odoo as it was.
from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user, tagged

from .product_screens_common import ProductScreensCase

FIELDS = {"marketplace_status", "marketplace_sent_at", "marketplace_listing_count"}
FORMS = {
    "product.template": ["product.product_template_only_form_view"],
    "product.product": [
        "product.product_normal_form_view",
        "product.product_variant_easy_edit_view",
    ],
}
LISTS = {
    "product.template": ["product.product_template_tree_view"],
    "product.product": ["product.product_product_tree_view"],
    "stock.quant": [
        "stock.view_stock_quant_tree_editable",
        "stock.view_stock_quant_tree",
        "stock.view_stock_quant_tree_simple",
        "stock.view_stock_quant_tree_inventory_editable",
    ],
}
SEARCHES = {
    "product.template": ["product.product_template_search_view"],
    "product.product": ["product.product_search_form_view"],
    "stock.quant": ["stock.quant_search_view"],
}
FILTERS = {f"marketplace_{name}" for name in ("in_step", "waiting", "error", "not_listed")}


@tagged("post_install", "-at_install")
class TestProductScreens(ProductScreensCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(
            cls.env,
            "mp_outsider",
            groups="sales_team.group_sale_salesman,stock.group_stock_user,"
            "product.group_product_variant",
        )

    def names(self, user, views, kind):
        """For each view, the names of all its nodes that are ours."""
        for model, view_ids in views.items():
            for xml_id in view_ids:
                arch = self.env[model].with_user(user).get_view(self.env.ref(xml_id).id, kind)
                nodes = etree.fromstring(arch["arch"]).iter("field", "button", "filter", "div")
                found = {node.get("name") or "" for node in nodes}
                yield xml_id, {name for name in found if "marketplace" in name or "cartona" in name}

    def sync_actions(self, user):
        """The action menus in which the user finds Sync now."""
        found = set()
        for model in LISTS:
            bindings = self.env["ir.actions.actions"].with_user(user).get_bindings(model)
            names = {action["name"] for action in bindings.get("action", ())}
            found |= {model} if "Sync now with the marketplace" in names else set()
        return found

    def test_forms_show_status_listings_and_sync_now(self):
        for xml_id, names in self.names(self.clerk, FORMS, "form"):
            wanted = FIELDS | {
                "action_open_marketplace_listings",
                "action_marketplace_sync",
                "cartona_id",
            }
            self.assertLessEqual(wanted, names, xml_id)

    def test_lists_have_columns_filters_and_sync_now(self):
        for xml_id, names in self.names(self.clerk, LISTS, "tree"):
            self.assertEqual(names, {"marketplace_status", "marketplace_sent_at"}, xml_id)
        for xml_id, names in self.names(self.clerk, SEARCHES, "search"):
            self.assertEqual(names, FILTERS, xml_id)
        self.assertEqual(self.sync_actions(self.clerk), set(LISTS))

    def test_without_the_groups_nothing_is_new(self):
        for views, kind in ((FORMS, "form"), (LISTS, "tree"), (SEARCHES, "search")):
            for xml_id, names in self.names(self.outsider, views, kind):
                self.assertFalse(names, xml_id)
        self.assertFalse(self.sync_actions(self.outsider))

    def test_without_the_groups_the_fields_are_refused(self):
        self.list_product(self.oil, "in_step")
        for record in (self.oil, self.oil.product_tmpl_id, self.quant(self.oil)):
            record = record.with_user(self.outsider)
            self.assertFalse(FIELDS & record.fields_get().keys())
            for name in FIELDS:
                with self.assertRaises(AccessError):
                    record.read([name])
            with self.assertRaises(AccessError):
                record.search([("marketplace_status", "=", "in_step")])

    def test_without_the_groups_nothing_is_asked_of_the_database(self):
        self.list_product(self.oil, "in_step")
        seen = []
        execute = type(self.cr).execute

        def listen(cursor, query, *args, **kwargs):
            seen.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.cr), "execute", listen)
        for model, view_ids in LISTS.items():
            records = self.env[model].with_user(self.outsider)
            arch = records.get_view(self.env.ref(view_ids[0]).id, "tree")["arch"]
            columns = etree.fromstring(arch).xpath("//field/@name")
            self.assertTrue(records.search_read([], columns, limit=80))
        self.assertTrue(seen)
        self.assertFalse([query for query in seen if "marketplace" in query])

    def test_the_button_opens_the_listings_of_the_product(self):
        listings = self.list_product(self.oil, "in_step")
        listings |= self.list_product(self.oil, "never", pack_number=1, pack_qty=6)
        self.list_product(self.rice, "in_step")
        for record in (self.oil, self.oil.product_tmpl_id, self.quant(self.oil)):
            action = record.with_user(self.clerk).action_open_marketplace_listings()
            self.assertEqual(action["res_model"], "marketplace.listing")
            found = self.env["marketplace.listing"].with_user(self.clerk).search(action["domain"])
            self.assertEqual(found, listings)
            with self.assertRaises(AccessError):
                record.with_user(self.outsider).action_open_marketplace_listings()

    def test_the_identity_shows_where_the_deployment_uses_it(self):
        template = self.oil.product_tmpl_id.with_user(self.clerk)
        for deployment, is_used in (("internal", True), ("supplier", False), ("auto", True)):
            self.config.deployment = deployment
            self.env.invalidate_all()
            self.assertEqual(template.cartona_id_is_used, is_used, deployment)
            self.assertEqual(self.oil.with_user(self.clerk).cartona_id_is_used, is_used)

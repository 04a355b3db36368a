# Cartona's identity of a product: unique, on the template of a single variant, blanks are none.
from odoo.exceptions import ValidationError
from odoo.tests.common import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestCartonaId(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.oil = cls.env["product.template"].create({"name": "Oil", "cartona_id": " C-1 "})
        cls.rice = cls.env["product.template"].create({"name": "Rice"})
        attribute = cls.env["product.attribute"].create(
            {"name": "Flavour", "value_ids": [(0, 0, {"name": "Apple"}), (0, 0, {"name": "Guava"})]}
        )
        cls.juice = cls.env["product.template"].create(
            {
                "name": "Juice",
                "attribute_line_ids": [
                    (
                        0,
                        0,
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [(6, 0, attribute.value_ids.ids)],
                        },
                    )
                ],
            }
        )

    def test_a_single_variant_shares_its_identity_with_its_template(self):
        self.assertEqual(self.oil.product_variant_id.cartona_id, "C-1")
        self.oil.product_variant_id.cartona_id = "C-2"
        self.assertEqual(self.oil.cartona_id, "C-2")
        self.oil.cartona_id = "C-3"
        self.assertEqual(self.oil.product_variant_id.cartona_id, "C-3")
        self.assertEqual(
            self.env["product.template"].search([("cartona_id", "=", "C-3")]), self.oil
        )

    def test_several_variants_have_one_each(self):
        apple, guava = self.juice.product_variant_ids
        apple.cartona_id = "C-8"
        self.assertFalse(self.juice.cartona_id)
        self.juice.cartona_id = "C-9"
        self.assertEqual((apple.cartona_id, guava.cartona_id), ("C-8", False))

    def test_blanks_are_no_identity(self):
        for blank in ("", "   ", "\u200f", "\ufeff \u200b", False):
            self.rice.cartona_id = blank
            self.oil.cartona_id = blank
            self.env.flush_all()
            self.assertIs(self.rice.product_variant_id.cartona_id, False)

    def test_a_double_is_refused_and_the_other_product_named(self):
        with self.assertRaisesRegex(ValidationError, "C-1 belongs to Oil"):
            self.rice.cartona_id = "C-1"

    def test_marks_that_nobody_sees_make_no_other_identity(self):
        with self.assertRaisesRegex(ValidationError, "C-1 belongs to Oil"):
            self.rice.cartona_id = "\u200fC-1\u200e"

    def test_an_archived_product_keeps_its_identity_to_itself(self):
        self.oil.active = False
        with self.assertRaisesRegex(ValidationError, "belongs to Oil"):
            self.rice.cartona_id = "C-1"

    def test_a_double_is_refused_in_an_import(self):
        answer = self.env["product.template"].load(
            ["name", "cartona_id"], [["Salt", "C-50"], ["Pepper", "C-50"]]
        )
        self.assertFalse(answer["ids"])
        self.assertIn("C-50 belongs to", answer["messages"][0]["message"])

    def test_an_import_sets_identities(self):
        answer = self.env["product.template"].load(
            ["name", "cartona_id"], [["Salt", "C-51"], ["Pepper", " C-52"], ["Dill", ""]]
        )
        self.assertEqual(answer["messages"], [])
        imported = self.env["product.template"].browse(answer["ids"])
        self.assertEqual(imported.mapped("cartona_id"), ["C-51", "C-52", False])

    def test_a_copy_has_none(self):
        self.assertFalse(self.oil.copy().cartona_id)

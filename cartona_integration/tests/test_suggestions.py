# Which products are suggested for one that nobody knows, in which order, and on which ground.
from odoo.tests.common import BaseCase, tagged

from ..utils.names import compare, fold, split
from .outbound_common import OutboundCase


@tagged("post_install", "-at_install")
class TestNames(BaseCase):
    def test_arabic_is_one_spelling_however_it_is_written(self):
        for one, other in (
            ("أرز", "ارز"),
            ("إندومي", "اندومي"),
            ("مكرونة", "مكرونه"),
            ("حلوى", "حلوي"),
            ("شـــاي", "شاي"),
            ("شَاي", "شاي"),
            ("مؤمن", "مومن"),
            ("٥٠٠", "500"),
            ("PEPSI", "pepsi"),
        ):
            self.assertEqual(fold(one), fold(other), one)

    def test_sizes_are_words_of_their_own(self):
        self.assertEqual(split("زيت ٥٠٠مل"), {"زيت", "500", "مل"})
        self.assertEqual(split("Tea 1,5kg"), {"tea", "1.5", "kg"})

    def test_likeness_is_what_two_names_have_in_common(self):
        # two of three and three words: 2 × 2 / (3 + 3)
        self.assertAlmostEqual(compare("oil sun 500", "oil corn 500"), 4 / 6)
        self.assertEqual(compare("oil", ""), 0.0)
        self.assertEqual(compare("ارز مصري", "أرز مصرى"), 1.0)


@tagged("post_install", "-at_install")
class TestSuggestions(OutboundCase):
    def suggest(self, own_id="", remote_id="", name=""):
        found = self.env["marketplace.suggestion"]._suggest(
            self.env.company, own_id, remote_id, name
        )
        return [(product, ground) for product, _sureness, ground in found]

    def test_the_surest_ground_comes_first(self):
        named = self.new_product("S-1", 1.0, name="Zulbia syrup")
        by_reference = self.new_product("ZUL-9", 1.0, name="Other one")
        by_barcode = self.new_product("S-2", 1.0, name="Other two", barcode="ZUL-9")
        by_identity = self.new_product("S-3", 1.0, name="Other three", cartona_id="ZUL-9")
        self.assertEqual(
            self.suggest("ZUL-9", "", "zulbia SYRUP"),
            [
                (by_identity, "same identity"),
                (by_barcode, "same barcode"),
                (by_reference, "same reference"),
                (named, "same name"),
            ],
        )

    def test_a_pack_s_identity_leads_to_its_product(self):
        product = self.new_product("ZUL-9", 1.0)
        self.assertEqual(self.suggest("ZUL-9#2"), [(product, "same reference")])

    def test_arabic_names_are_found_however_they_are_written(self):
        product = self.new_product("S-1", 1.0, name="أرز زُلبية ٥٠٠ جم")
        self.assertEqual(self.suggest(name="ارز زلبيه 500 جم"), [(product, "same name")])
        # the same words, another blank
        self.assertEqual(self.suggest(name="ارز زلبيه 500جم"), [(product, "similar name, 100 %")])

    def test_names_in_every_language_count(self):
        self.env["res.lang"]._activate_lang("ar_001")
        product = self.new_product("S-1", 1.0, name="Zulbia")
        product.with_context(lang="ar_001").name = "زلابية مقرمشة"
        self.assertEqual(self.suggest(name="زلابيه مقرمشه"), [(product, "same name")])

    def test_the_more_in_common_the_earlier(self):
        near = self.new_product("S-1", 1.0, name="Zulbia golden syrup 500")
        far = self.new_product("S-2", 1.0, name="Zulbia silver syrup 700")
        # three of four words, two of four words
        self.assertEqual(
            self.suggest(name="Zulbia golden syrup 250"),
            [(near, "similar name, 75 %"), (far, "similar name, 50 %")],
        )

    def test_what_can_not_be_sold_here_is_not_suggested(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        for values in ({"active": False}, {"sale_ok": False}, {"company_id": company.id}):
            self.new_product("S-1", 1.0, name="Zulbia", **values)
        self.assertEqual(self.suggest("S-1", "", "Zulbia"), [])

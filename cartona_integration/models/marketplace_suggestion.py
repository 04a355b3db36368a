# Which products a marketplace may mean by a line that nobody knows: by identity, barcode, reference
# and name, the surest first, each with its ground. Pure but for looking things up.
from odoo import _, api, models
from odoo.tools import SQL

from ..compat import GOODS_DOMAIN
from ..utils.names import compare, fold, split

MOST = 5
# Names with less in common than this are not worth a look.
ALIKE = 0.4
# How many products are compared word by word, of those that have one of the words.
COMPARED = 300
# PostgreSQL compares what fold() makes of both; vowel signs are too rare in catalogues to count.
_FROM = "أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩ـء"
_TO = "اااايهوي0123456789"
# How sure each ground is: a person decides in any case.
IDENTITY, BARCODE, REFERENCE, SAME_NAME = 5.0, 4.0, 3.0, 2.0


class MarketplaceSuggestion(models.AbstractModel):
    _name = "marketplace.suggestion"
    _description = "Marketplace Product Suggestion"

    @api.model
    def _suggest(self, company, own_id, remote_id, name):
        """:return: list of (product, how sure, the ground in words), the surest first"""
        found = {}
        exact = self._find_exact(company, own_id, remote_id)
        for product, sureness, ground in [*exact, *self._find_alike(company, name)]:
            if product not in found or found[product][0] < sureness:
                found[product] = (sureness, ground)
        ranked = sorted(found.items(), key=lambda one: (-one[1][0], one[0].id))
        return [(product, *grounds) for product, grounds in ranked[:MOST]]

    @api.model
    def _get_domain(self, company):
        """The products that can be meant."""
        return [
            *GOODS_DOMAIN,
            ("sale_ok", "=", True),
            ("company_id", "in", (False, company.id)),
        ]

    @api.model
    def _find_exact(self, company, own_id, remote_id):
        """Products that something of theirs is the very name of."""
        called = [one for one in (own_id, (own_id or "").partition("#")[0], remote_id) if one]
        ways = (
            ("cartona_id", IDENTITY, _("same identity")),
            ("barcode", BARCODE, _("same barcode")),
            ("default_code", REFERENCE, _("same reference")),
        )
        for name, sureness, ground in ways:
            domain = [*self._get_domain(company), (name, "in", called)]
            for product in self.env["product.product"].search(domain, limit=MOST):
                yield product, sureness, ground

    @api.model
    def _find_alike(self, company, name):
        """Products whose name has words in common with this one."""
        for product, names in self._read_names(company, name):
            if any(fold(one) == fold(name) for one in names):
                yield product, SAME_NAME, _("same name")
                continue
            likeness = max(compare(one, name) for one in names)
            if likeness >= ALIKE:
                yield product, likeness, _("similar name, %s %%", round(likeness * 100))

    @api.model
    def _read_names(self, company, name):
        """:return: list of (product, its names in all languages), of those with one of the words"""
        words = [f"%{word}%" for word in split(name) if len(word) > 2 or word.isdigit()]
        if not words:
            return []
        self.env["product.template"].flush_model(["name"])
        self.env.cr.execute(
            SQL(
                """
                SELECT id, name FROM (
                    SELECT id, name, translate(lower(name::text), %s, %s) AS folded
                      FROM product_template WHERE active
                ) named
                 WHERE folded LIKE ANY(%s)
              ORDER BY (SELECT count(*) FROM unnest(%s) AS word WHERE folded LIKE word) DESC, id
                 LIMIT %s
                """,
                _FROM,
                _TO,
                words,
                words,
                COMPARED,
            )
        )
        names = {row[0]: list(row[1].values()) for row in self.env.cr.fetchall()}
        domain = [*self._get_domain(company), ("product_tmpl_id", "in", list(names))]
        products = self.env["product.product"].search(domain)
        return [(product, names[product.product_tmpl_id.id]) for product in products]

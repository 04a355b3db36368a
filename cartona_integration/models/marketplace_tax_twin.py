# Twins of taxes: the same tax, but contained in the price instead of put on top of it, or the
# other way round. A marketplace's price is what it is, with or without tax; a line of such an order
# gets the twins of its product's taxes where those are of the other kind, so that nothing is ever
# divided and rounded. Called by the lines of orders; kept in step by account_tax.py.
from itertools import chain, count

from odoo import _, api, fields, models

from ..compat import TAX_REPLACEMENTS, get_inclusion_values

# By these two taxes are the same, whatever they are called; not every country knows all of them.
SAME = (
    "amount",
    "amount_type",
    "analytic",
    "cash_basis_transition_account_id",
    "company_id",
    "country_id",
    "include_base_amount",
    "is_base_affected",
    # what Egypt's e-invoices call it
    "l10n_eg_eta_code",
    "tax_exigibility",
    "tax_group_id",
    "tax_scope",
    "type_tax_use",
)
FOLLOWED = (
    *(name for name in SAME if name not in ("company_id", "type_tax_use")),
    "active",
    "sequence",
)
REPARTITION = ("account_id", "factor_percent", "sequence", "tag_ids", "use_in_tax_closing")
# Formulas reckon from what they are given; nobody can turn them round.
TURNABLE = ("percent", "division", "fixed", "group")


class MarketplaceTaxTwin(models.Model):
    _name = "marketplace.tax.twin"
    _description = "Marketplace Tax Twin"
    _log_access = False
    _rec_name = "twin_id"

    tax_id = fields.Many2one("account.tax", required=True, ondelete="cascade")
    included = fields.Boolean(help="The twin is contained in the price.")
    twin_id = fields.Many2one("account.tax", required=True, ondelete="cascade", index=True)
    is_ours = fields.Boolean(help="The twin was made here and follows its tax.")

    _sql_constraints = [
        # Two orders at once must not make two taxes: the second one is tried again.
        ("twin_unique", "unique (tax_id, included)", "The tax has such a twin."),
    ]

    @api.model
    def _convert(self, taxes, included):
        """Taxes that say the same of a price with tax (or without) as these say of the other."""
        return taxes.browse().union(*(self._convert_one(tax, included) for tax in taxes))

    @api.model
    def _convert_one(self, tax, included):
        if self._fits(tax, included):
            return tax
        known = tax.marketplace_twin_ids.filtered(lambda one: one.included == included)
        if not known:
            found = self._find(tax, included)
            known = self.create(
                {
                    "tax_id": tax.id,
                    "included": included,
                    "twin_id": (found or self._make(tax, included)).id,
                    "is_ours": not found,
                }
            )
        return known.twin_id

    @api.model
    def _fits(self, tax, included):
        if tax.amount_type == "group":
            return all(self._fits(child, included) for child in tax.children_tax_ids)
        is_nothing = tax.amount_type in TURNABLE and not tax.amount
        return is_nothing or tax.amount_type not in TURNABLE or tax.price_include == included

    @api.model
    def _find(self, tax, included):
        """A tax of the company's own that is the twin already."""
        domain = [("id", "!=", tax.id), ("company_id", "=", tax.company_id.id)]
        domain += [(name, "=", tax[name]) for name in ("amount", "amount_type", "type_tax_use")]
        others = tax.search(domain)
        return others.filtered(lambda other: self._are_twins(tax, other, included))[:1]

    @api.model
    def _are_twins(self, tax, other, included):
        if not all(tax[name] == other[name] for name in SAME if name in tax._fields):
            return False
        if tax.amount_type == "group":
            return other.children_tax_ids == self._convert(tax.children_tax_ids, included)
        return (
            other.active
            and other.price_include == included
            and self._list_repartition(tax) == self._list_repartition(other)
        )

    @api.model
    def _list_repartition(self, tax):
        return [
            (line.document_type, line.repartition_type, *(line[name] for name in REPARTITION))
            for line in self._sort_repartition(tax)
        ]

    @api.model
    def _sort_repartition(self, tax):
        return tax.repartition_line_ids.sorted(
            lambda line: (line.document_type, line.repartition_type, line.sequence, line.id)
        )

    @api.model
    def _make(self, tax, included):
        values = dict.fromkeys(TAX_REPLACEMENTS, False) | get_inclusion_values(included)
        if tax.amount_type == "group":
            children = self._convert(tax.children_tax_ids, included)
            values["children_tax_ids"] = [(6, 0, children.ids)]
        names = {
            code: self.with_context(lang=code)._word(tax, included)
            for code, _name in self.env["res.lang"].get_installed()
        }
        made = tax.copy(values | {"name": self._word(tax, included)})
        for code, name in names.items():
            made.with_context(lang=code).name = name
        return made

    @api.model
    def _word(self, tax, included):
        """What a bookkeeper sees where taxes are chosen; no two may have the same name."""
        tax = tax.with_context(lang=self.env.context.get("lang"), active_test=False)
        name = tax.name
        name = _("%s, in the price", name) if included else _("%s, on top of the price", name)
        taken = set(tax.search([("name", "=like", f"{name}%")]).mapped("name"))
        numbered = (f"{name} ({number})" for number in count(2))
        return next(one for one in chain([name], numbered) if one not in taken)

    @api.model
    def _follow(self, taxes):
        """Taxes have been changed: ours follow; what is no twin any more is let go, and the next
        order looks for another."""
        links = self.search(["|", ("tax_id", "in", taxes.ids), ("twin_id", "in", taxes.ids)])
        for link in links.sorted(lambda one: one.tax_id.amount_type == "group"):
            # who follows another one may have been let go meanwhile
            if link.exists() and link.is_ours and link.tax_id in taxes:
                link._bring_into_step()
            if link.exists() and not link._is_in_step():
                link.unlink()

    def _is_in_step(self):
        if not self.tax_id.active and not self.twin_id.active:
            return True
        return self._are_twins(self.tax_id, self.twin_id, self.included)

    def _bring_into_step(self):
        tax, twin = self.tax_id, self.twin_id
        followed = [name for name in FOLLOWED if name in tax._fields]
        values = {name: tax[name] for name in followed if tax[name] != twin[name]}
        values = {
            name: value.id if tax._fields[name].relational else value
            for name, value in values.items()
        }
        if tax.amount_type == "group":
            children = self._convert(tax.children_tax_ids, self.included)
            if children != twin.children_tax_ids:
                values["children_tax_ids"] = [(6, 0, children.ids)]
        if self._list_repartition(tax) != self._list_repartition(twin):
            values["repartition_line_ids"] = self._get_repartition_commands(tax, twin)
        if values:
            twin.write(values)

    @api.model
    def _get_repartition_commands(self, tax, twin):
        """Lines that invoices point to are changed, not replaced."""
        commands = []
        for document in ("invoice", "refund"):
            for kind in ("base", "tax"):
                wanted, present = (
                    self._sort_repartition(one).filtered(
                        lambda line, document=document, kind=kind: (
                            line.document_type == document and line.repartition_type == kind
                        )
                    )
                    for one in (tax, twin)
                )
                commands += self._pair(wanted, present)
        return commands

    @api.model
    def _pair(self, wanted, present):
        pairs = list(zip(wanted, present, strict=False))
        commands = [(1, theirs.id, self._get_repartition_values(ours)) for ours, theirs in pairs]
        commands += [
            (0, 0, self._get_repartition_values(line, new=True)) for line in wanted[len(pairs) :]
        ]
        return commands + [(2, line.id) for line in present[len(pairs) :]]

    @api.model
    def _get_repartition_values(self, line, *, new=False):
        values = {
            "account_id": line.account_id.id,
            "factor_percent": line.factor_percent,
            "sequence": line.sequence,
            "tag_ids": [(6, 0, line.tag_ids.ids)],
            "use_in_tax_closing": line.use_in_tax_closing,
        }
        if new:
            values |= {
                "document_type": line.document_type,
                "repartition_type": line.repartition_type,
            }
        return values

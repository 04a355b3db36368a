"""A built copy that still has 17.0's forms, or was broken by a rewrite, is refused."""

import pytest

from tools.console import StepError
from tools.series.checks import check

GROUP = '<odoo><record id="g" model="res.groups">\n<field name="{}" /></record></odoo>'
PRODUCT = '<odoo><record id="p" model="product.product">\n<field name="{}" /></record></odoo>'
OUTDATED = [
    ("18.0", "views/v.xml", "<odoo><tree /></odoo>"),
    ("18.0", "views/v.xml", '<odoo><field name="view_mode">kanban,tree</field></odoo>'),
    ("18.0", "views/v.xml", '<odoo><field name="target">inline</field></odoo>'),
    ("18.0", "views/v.xml", '<odoo><div class="mt-2 oe_chatter" /></odoo>'),
    ("18.0", "data/c.xml", '<odoo><field name="doall" eval="True" /></odoo>'),
    ("18.0", "demo/p.xml", PRODUCT.format("priority")),
    ("18.0", "demo/p.xml", '<odoo><field name="detailed_type" eval="x" /></odoo>'),
    ("19.0", "models/m.py", "_sql_constraints = CONSTRAINTS\n"),
    ("19.0", "controllers/c.py", "route(type='json')\n"),
    ("19.0", "security/g.xml", '<odoo><record id="c" model="ir.module.category" /></odoo>'),
    ("19.0", "security/g.xml", GROUP.format("users")),
    ("19.0", "security/g.xml", GROUP.format("category_id")),
    ("19.0", "views/v.xml", '<odoo><field name="groups_id" eval="[]" /></odoo>'),
    ("19.0", "demo/p.xml", '<odoo><record id="p" model="product.packaging" /></odoo>'),
    ("19.0", "models/m.py", "DIGITS = 'Product Unit of Measure'\n"),
]


@pytest.mark.parametrize(("since", "path", "text"), OUTDATED)
def test_outdated_form_is_refused(write, since, path, text):
    addon = write("addon", {path: text})
    with pytest.raises(StepError, match=f"^{path} still says .* on 19.0 "):
        check(addon, "19.0")
    if since == "19.0":
        check(addon, "18.0")


def test_users_of_a_record_that_is_no_group_are_left_alone(write):
    text = '<odoo>{}<record id="t" model="team"><field name="users" /></record></odoo>'
    group = '<record id="g" model="res.groups"><field name="name">G</field></record>'
    check(write("addon", {"data/t.xml": text.format(group)}), "19.0")


@pytest.mark.parametrize(("path", "text"), [("v.xml", "<odoo>"), ("m.py", "def f(:\n")])
def test_broken_file_is_refused(write, path, text):
    with pytest.raises(StepError, match=f"^{path} is broken"):
        check(write("addon", {path: text}), "19.0")

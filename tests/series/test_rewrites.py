"""Each rewrite on a tiny sample: what it makes of 17.0's form, and what it refuses."""

import pytest

from tools.console import StepError
from tools.series import rewrites
from tools.series.packaging import units_for_packagings


def test_version_gets_the_series():
    text = '{"name": "Sample 17.0.1", "version": "17.0.1.2.3"}'
    built = rewrites.manifest_version("19.0", text)
    assert built == '{"name": "Sample 17.0.1", "version": "19.0.1.2.3"}'


def test_version_of_another_form_is_refused():
    with pytest.raises(StepError, match="version"):
        rewrites.manifest_version("19.0", '{"version": "1.0"}')


def test_chatter_becomes_a_tag():
    text = """\
    <div class="oe_chatter">
        <field name="message_follower_ids" />
        <field name="activity_ids" />
        <field name="message_ids" />
    </div>
"""
    assert rewrites.chatter(text) == "    <chatter />\n"


def test_storable_product_becomes_tracked_goods():
    text = '        <field name="detailed_type">product</field>\n'
    assert rewrites.product_type(text) == (
        '        <field name="type">consu</field>\n'
        '        <field name="is_storable" eval="True" />\n'
    )


def test_service_stays_a_service():
    text = '<field name="detailed_type">service</field>'
    assert rewrites.product_type(text) == '<field name="type">service</field>'


def test_only_products_have_their_star_renamed():
    star = '<field name="priority">1</field>'
    text = (
        f'<record id="p" model="product.product">{star}</record><record model="x">{star}</record>'
    )
    expected = text.replace(star, '<field name="is_favorite" eval="True" />', 1)
    assert rewrites.favourite_product(text) == expected


def test_scheduled_action_loses_its_number_of_calls():
    text = """\
    <record id="cron_poll" model="ir.cron">
        <field name="interval_number">5</field>
        <field name="numbercall">-1</field>
        <field name="doall" eval="False" />
    </record>
"""
    expected = """\
    <record id="cron_poll" model="ir.cron">
        <field name="interval_number">5</field>
    </record>
"""
    assert rewrites.cron_calls(text) == expected


def test_scheduled_action_that_runs_once_is_refused():
    text = '<record id="cron_poll" model="ir.cron"><field name="interval_number">5</field></record>'
    with pytest.raises(StepError, match="cron_poll"):
        rewrites.cron_calls(text)


def test_category_of_groups_becomes_a_privilege():
    text = """\
    <record id="module_category_shop" model="ir.module.category">
        <field name="name">Shop</field>
    </record>
    <record id="group_shop_user" model="res.groups">
        <field name="category_id" ref="module_category_shop" />
    </record>
"""
    expected = """\
    <record id="privilege_shop" model="res.groups.privilege">
        <field name="category_id" ref="base.module_category_sales" />
        <field name="name">Shop</field>
    </record>
    <record id="group_shop_user" model="res.groups">
        <field name="privilege_id" ref="privilege_shop" />
    </record>
"""
    assert rewrites.group_privilege(text) == expected


def test_translations_follow_the_privilege():
    text = "#: model:ir.module.category,name:shop.module_category_shop\n"
    built = rewrites.translated_privilege(text)
    assert built == "#: model:res.groups.privilege,name:shop.privilege_shop\n"


def test_only_groups_have_their_users_renamed():
    users = '<field name="users" eval="[]" />'
    text = f'<record id="g" model="res.groups">{users}</record><record model="x">{users}</record>'
    built = rewrites.group_users(text)
    assert built == text.replace("users", "user_ids", 1)


def test_only_actions_have_their_groups_renamed():
    groups = '<field name="groups_id" eval="[]" />'
    text = f'<record model="ir.actions.server">{groups}</record><record model="x">{groups}</record>'
    built = rewrites.action_groups(text)
    assert built == text.replace('"groups_id"', '"group_ids"', 1)


def test_precision_of_quantities_is_renamed():
    built = rewrites.unit_digits('fields.Float(digits="Product Unit of Measure")')
    assert built == 'fields.Float(digits="Product Unit")'


PACKAGING = """\
    <record id="pack_{0}" model="product.packaging">
        <field name="name">Carton of 24</field>
        <field name="product_id" ref="{0}" />
        <field name="qty">24</field>
        <field name="barcode">2009{0}</field>
    </record>
"""


def test_packaging_becomes_a_unit_with_a_barcode():
    expected = """\
    <record id="pack_cola_unit" model="uom.uom">
        <field name="name">Carton of 24</field>
        <field name="relative_factor">24</field>
        <field name="relative_uom_id" ref="uom.product_uom_unit" />
    </record>
    <record id="cola" model="product.product">
        <field name="uom_ids" eval="[(4, ref('pack_cola_unit'))]" />
    </record>
    <record id="pack_cola" model="product.uom">
        <field name="product_id" ref="cola" />
        <field name="uom_id" ref="pack_cola_unit" />
        <field name="barcode">2009cola</field>
    </record>
"""
    assert units_for_packagings(PACKAGING.format("cola")) == expected


def test_packagings_of_one_name_share_their_unit():
    built = units_for_packagings(PACKAGING.format("cola") + PACKAGING.format("tea"))
    assert built.count('model="uom.uom"') == 1
    assert built.count("ref('pack_cola_unit')") == 2


def test_packaging_without_a_quantity_is_refused():
    text = PACKAGING.format("cola").replace('name="qty"', 'name="other"')
    with pytest.raises(StepError, match="pack_cola lacks qty"):
        units_for_packagings(text)


def test_packagings_are_switched_on_by_another_group():
    built = units_for_packagings("ref('product.group_stock_packaging')")
    assert built == "ref('uom.group_uom')"


def test_a_rewrite_waits_for_its_series(write):
    users = '<record id="g" model="res.groups"><field name="users" eval="[]" /></record>'
    files = {"__manifest__.py": '{"version": "17.0.1.0.0"}', "security/groups.xml": users}
    for number, renamed in (("18.0", False), ("19.0", True)):
        addon = write(number, files)
        rewrites.apply(addon, number)
        built = (addon / "security" / "groups.xml").read_text()
        assert ("user_ids" in built) is renamed


def test_a_refusal_names_the_file(write):
    addon = write("addon", {"__manifest__.py": "{}"})
    with pytest.raises(StepError, match="^__manifest__.py: "):
        rewrites.apply(addon, "19.0")

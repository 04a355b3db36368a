"""19.0 has no packagings: a unit of measure holds the quantity, and product.uom its barcode.

One of the rewrites; see rewrites.py.
"""

import re

from ..console import StepError

PACKAGING = re.compile(
    r' *<record id="(\w+)" model="product\.packaging">\n(.*?) *</record>\n', re.DOTALL
)
FIELD = re.compile(r'<field name="(\w+)"(?: ref="([\w.]+)" />|>([^<]*)</field>)')
GROUP = "product.group_stock_packaging", "uom.group_uom"
UNIT = """\
    <record id="{unit}" model="uom.uom">
        <field name="name">{name}</field>
        <field name="relative_factor">{qty}</field>
        <field name="relative_uom_id" ref="uom.product_uom_unit" />
    </record>
"""
OFFER = """\
    <record id="{product_id}" model="product.product">
        <field name="uom_ids" eval="[(4, ref('{unit}'))]" />
    </record>
"""
BARCODE = """\
    <record id="{id}" model="product.uom">
        <field name="product_id" ref="{product_id}" />
        <field name="uom_id" ref="{unit}" />
        <field name="barcode">{barcode}</field>
    </record>
"""


def units_for_packagings(text):
    """Packagings of one name share a unit, which their products offer besides their own."""
    units = {}

    def replace(match):
        values = {name: ref or value for name, ref, value in FIELD.findall(match[2])}
        missing = {"name", "product_id", "qty"} - values.keys()
        if missing:
            raise StepError(f"The packaging {match[1]} lacks {', '.join(sorted(missing))}.")
        known = values["name"] in units
        unit = units.setdefault(values["name"], f"{match[1]}_unit")
        parts = [OFFER] if known else [UNIT, OFFER]
        if "barcode" in values:
            parts.append(BARCODE)
        return "".join(part.format(id=match[1], unit=unit, **values) for part in parts)

    return PACKAGING.sub(replace, text).replace(*GROUP)

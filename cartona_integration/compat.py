# What differs in Python between the Odoo series that the addon runs on, in one place.
from odoo.release import version_info

# The context key that stock figures are narrowed to warehouses by. The wrong one is silently
# ignored, and the whole company's stock would be offered.
WAREHOUSE_KEY = "warehouse" if version_info < (18,) else "warehouse_id"

# Goods, as opposed to services: they can be listed.
if version_info < (18,):
    GOODS_DOMAIN = [("detailed_type", "in", ("product", "consu"))]
else:
    GOODS_DOMAIN = [("type", "=", "consu")]


def to_column(field, value, record):
    """A field's value as a new row of the database takes it."""
    if version_info < (18,):
        return field.convert_to_column(value, record)
    return field.convert_to_column_insert(value, record)


def is_stock_counted(product):
    """Whether Odoo keeps a stock figure of the product."""
    return product.type == "product" if version_info < (18,) else product.is_storable


def get_members(group):
    """The users who have a group, by themselves or through another one."""
    return group.users if version_info < (19,) else group.all_user_ids


def check_access(records, operation):
    """:raise AccessError: the user may not do this with these records, by groups or by rules"""
    if version_info < (18,):
        records.check_access_rights(operation)
        records.check_access_rule(operation)
    else:
        records.check_access(operation)


# The unit of an order's line.
LINE_UNIT = "product_uom" if version_info < (19,) else "product_uom_id"


def is_convertible(unit, other):
    """Whether quantities in one unit can be had in another."""
    if version_info < (19,):
        return unit.category_id == other.category_id
    return unit._has_common_reference(other)


def get_expiry_domain(basis, now):
    """The lots past their removal date that Odoo counts all the same.

    From 18.0 on it leaves those of today's date out by itself, except of what is on hand; how far
    a bare date reaches differs between the series, so the same comparison is asked for here.
    """
    domain = [("removal_date", "<=", now)]
    if version_info >= (18,) and basis != "on_hand":
        domain.append(("removal_date", ">", now.date()))
    return domain


def get_pack_sizes(product, company):
    """How many pieces the product's packagings hold, of those that a company sells."""
    if version_info < (19,):
        sold = product.packaging_ids.filtered("sales")
        return [one.qty for one in sold if one.company_id <= company]
    units = product.uom_ids.filtered(lambda unit: is_convertible(unit, product.uom_id))
    return [unit._compute_quantity(1.0, product.uom_id, round=False) for unit in units]


# Where a contact keeps its phone numbers.
PHONES = ("phone", "mobile") if version_info < (19,) else ("phone",)

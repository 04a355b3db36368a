# How a mark's key leads to listings. What nobody lists leads to none and costs nothing. Read by the
# outbox; ids go to the database as one array, and the listings are found by an index.
from odoo.tools import SQL

# Of moves: those that make a forecast, and those that marketplace orders wait for.
_MOVES = """
    SELECT move.product_id FROM stock_move move
     WHERE move.id = ANY (%s)
       AND (EXISTS (SELECT FROM marketplace_config WHERE stock_basis = 'forecast')
         OR EXISTS (SELECT FROM marketplace_policy WHERE stock_basis = 'forecast')
         OR EXISTS (SELECT FROM sale_order_line line
                      JOIN sale_order ON sale_order.id = line.order_id
                     WHERE line.id = move.sale_line_id
                       AND sale_order.marketplace_config_id IS NOT NULL))
"""
_CATEGORIES = """
    SELECT template.id FROM product_category above
      JOIN product_category categ ON starts_with(categ.parent_path, above.parent_path)
      JOIN product_template template ON template.categ_id = categ.id
     WHERE above.id = ANY (%s)
"""
# Of parts: the kits that they are in, and the kits of those; exists where manufacturing does.
_KITS = """
    WITH RECURSIVE taken (kit_id) AS (
        SELECT kit.id FROM mrp_bom_line line
          JOIN mrp_bom bom ON bom.id = line.bom_id AND bom.type = 'phantom' AND bom.active
          JOIN product_product kit ON kit.product_tmpl_id = bom.product_tmpl_id
               AND kit.id = COALESCE(bom.product_id, kit.id)
         WHERE line.product_id = ANY (%s)
         UNION
        SELECT above.id FROM taken
          JOIN mrp_bom_line line ON line.product_id = taken.kit_id
          JOIN mrp_bom bom ON bom.id = line.bom_id AND bom.type = 'phantom' AND bom.active
          JOIN product_product above ON above.product_tmpl_id = bom.product_tmpl_id
               AND above.id = COALESCE(bom.product_id, above.id)
    ) SELECT kit_id FROM taken
"""
_CONDITIONS = {
    "listing": "listing.id = ANY (%s)",
    "product": "listing.product_id = ANY (%s)",
    "template": "listing.product_tmpl_id = ANY (%s)",
    "config": "listing.config_id = ANY (%s)",
    "category": f"listing.product_tmpl_id IN ({_CATEGORIES})",
    "tax": "listing.product_tmpl_id IN (SELECT prod_id FROM product_taxes_rel "
    "WHERE tax_id = ANY (%s))",
    # Products whose cost is what a pricelist's rule goes by.
    "cost": "listing.product_id = ANY (%s) AND EXISTS ("
    "SELECT FROM product_pricelist_item WHERE base = 'standard_price')",
    "move": f"listing.product_id IN ({_MOVES})",
    "part": f"listing.product_id IN ({_KITS})",
}


def array(ids):
    """Ids as one word: the database reads that faster than a thousand numbers."""
    return SQL("%s::int[]", f"{{{','.join(map(str, ids))}}}")


def listings_of(key, ids):
    """:return: the condition by which listings are those of the ids"""
    return SQL(_CONDITIONS[key], array(ids))

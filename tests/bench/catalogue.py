"""Fills a database by SQL, in seconds: products, a pricelist, listings that are in step.

Called by systems.py. Products are copies of one of Odoo's demo data, so that every column holds
what Odoo itself would write there.
"""

PATTERN = "product_product_6"  # a storable product with one variant
CODE = "BENCH-"
STOCK = 10_000


def add_products(db, number):
    """Add so many products, each with a price of its own and plenty of stock."""
    [product, template] = db.row(
        "SELECT product.id, product.product_tmpl_id FROM product_product product"
        " JOIN ir_model_data known ON known.res_id = product.id"
        " WHERE known.module = 'product' AND known.name = %s",
        PATTERN,
    )
    [quant] = db.row(
        "SELECT quant.id FROM stock_quant quant JOIN stock_warehouse warehouse"
        " ON warehouse.lot_stock_id = quant.location_id AND warehouse.company_id = 1"
        " WHERE quant.product_id = %s ORDER BY quant.id LIMIT 1",
        product,
    )
    name, code = f"jsonb_build_object('en_US', '{CODE}' || n)", f"'{CODE}' || n"
    first_template = _copy(
        db, "product_template", template, number,
        name=name, default_code=code, list_price="10 + n % 1000",
    )  # fmt: skip
    first_product = _copy(
        db, "product_product", product, number,
        product_tmpl_id=f"{first_template} + n", default_code=code, barcode="NULL",
    )  # fmt: skip
    _copy(
        db, "stock_quant", quant, number,
        product_id=f"{first_product} + n", quantity=str(STOCK), reserved_quantity="0",
    )  # fmt: skip


def _copy(db, table, source, number, **changes):
    """Copy a row; in the new values, n counts from 0. :return: the first of the new ids"""
    [first] = db.row(f"SELECT max(id) + 1 FROM {table}")
    changes["id"] = f"{first} + n"
    columns = db.column(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s",
        table,
    )
    values = ", ".join(changes.get(column, f'source."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    db.run(
        f"INSERT INTO {table} ({names}) SELECT {values}"
        f" FROM {table} source, generate_series(0, {number - 1}) n WHERE source.id = {source}"
    )
    db.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    db.run(f"ANALYZE {table}")
    return first


def templates(db):
    """:return: the ids of the products that were added"""
    return db.column(
        "SELECT product_tmpl_id FROM product_product WHERE default_code LIKE %s ORDER BY id",
        f"{CODE}%",
    )


def variants(db):
    return db.column(
        "SELECT id FROM product_product WHERE default_code LIKE %s ORDER BY id", f"{CODE}%"
    )


def add_rules(db, pricelist):
    """Give a pricelist one rule for each product: ten percent off its price."""
    db.run(
        "INSERT INTO product_pricelist_item (pricelist_id, applied_on, product_tmpl_id, base,"
        " compute_price, price_discount, min_quantity, company_id, currency_id)"
        " SELECT pricelist.id, '1_product', product.product_tmpl_id, 'list_price', 'formula', 10,"
        " 0, pricelist.company_id, pricelist.currency_id"
        " FROM product_product product, product_pricelist pricelist"
        " WHERE product.default_code LIKE %s AND pricelist.id = %s",
        f"{CODE}%",
        pricelist,
    )
    db.run("ANALYZE product_pricelist_item")


def add_listings(db, config):
    """List all products as the engine would after having sent everything."""
    db.run(
        "INSERT INTO marketplace_listing"
        " (config_id, company_id, product_id, product_tmpl_id, pack_number, pack_qty, identity,"
        " is_wanted) SELECT config.id, config.company_id, product.id, product.product_tmpl_id, 0,"
        " 1, product.id, true"
        " FROM product_product product, marketplace_config config"
        " WHERE product.default_code LIKE %s AND config.id = %s ORDER BY product.id",
        f"{CODE}%",
        config,
    )
    db.run(
        "INSERT INTO marketplace_listing_sync"
        " (listing_id, status, price, stock, unlimited, published, sent_at, acked_at)"
        " SELECT listing.id, 'in_step', template.list_price, %s, false, true,"
        " timezone('utc', now()), timezone('utc', now())"
        " FROM marketplace_listing listing JOIN product_product product"
        " ON product.id = listing.product_id JOIN product_template template"
        " ON template.id = product.product_tmpl_id WHERE listing.config_id = %s",
        STOCK,
        config,
    )
    db.run("ANALYZE marketplace_listing")
    db.run("ANALYZE marketplace_listing_sync")

"""What a fresh sandbox holds: sample retailers and a handful of listings. Used by world.py.

All names are invented. `make demo` starts it empty: what it offers there comes from Odoo.
"""

from decimal import Decimal

from .state.accounts import Account
from .state.products import Catalogue

RETAILERS = (
    {
        "retailer_name": "بقالة الأمانة",
        "retailer_code": "R1001",
        "retailer_number": "+201000000101",
        "retailer_number2": None,
        "retailer_address": "١٢ شارع النصر، مدينة نصر، القاهرة",
        "address_notes": "بجوار الصيدلية",
        "retailer_email": None,
    },
    {
        "retailer_name": "سوبر ماركت البركة",
        "retailer_code": "R1002",
        "retailer_number": "+201000000102",
        "retailer_number2": "+201000000202",
        "retailer_address": "٤٥ شارع فيصل، الجيزة",
        "address_notes": None,
        "retailer_email": None,
    },
    {
        "retailer_name": "ميني ماركت النور",
        "retailer_code": "R1003",
        "retailer_number": "+201000000103",
        "retailer_number2": None,
        "retailer_address": "٨ شارع البحر، طنطا، الغربية",
        "address_notes": "الدور الأرضي، أمام الموقف",
        "retailer_email": "alnour@example.com",
    },
    {
        "retailer_name": "كشك أبو أحمد",
        "retailer_code": None,
        "retailer_number": "+201000000104",
        "retailer_number2": None,
        "retailer_address": "ميدان المحطة، المنصورة، الدقهلية",
        "address_notes": None,
        "retailer_email": None,
    },
    {
        "retailer_name": "أسواق الساحل",
        "retailer_code": "R1005",
        "retailer_number": "+201000000105",
        "retailer_number2": None,
        "retailer_address": "٣٠ طريق الكورنيش، الإسكندرية",
        "address_notes": "التسليم قبل الثانية ظهرًا",
        "retailer_email": None,
    },
)

# (name, base product, unit, unit_count, price, stock)
SAMPLES = (
    ("أرز مصري ١ كجم", "4001", "piece", 1, "32.50", 240),
    ("أرز مصري ١ كجم", "4001", "box", 12, "378.00", 20),
    ("زيت عباد الشمس ٨٠٠ مل", "4002", "bottle", 1, "68.75", 96),
    ("سكر أبيض ١ كجم", "4003", "bag", 1, "34.00", 150),
    ("شاي أسود ٢٥٠ جم", "4004", "packet", 1, "57.25", 0),
)


def plant(catalogue: Catalogue, account: Account, seed: str) -> None:
    """Fill a new catalogue; `empty` holds nothing."""
    if seed != "demo":
        return
    for name, base, unit, unit_count, price, stock in SAMPLES:
        catalogue.add(
            account,
            base_product_id=base,
            base_product_name=name,
            unit=unit,
            unit_count=unit_count,
            selling_price=Decimal(price),
            median_price=Decimal(price),
            tax_percentage=Decimal(14),
            available_stock_quantity=stock,
            in_stock=stock > 0,
        )

"""The catalogue: finds listings, checks and applies updates. Used by api/products.py and admin."""

from collections import defaultdict
from itertools import count

from ..errors import Refusal
from . import checks
from .accounts import Account
from .listing import UNITS, Listing

UPDATE_CHECKS = {
    "selling_price": checks.money,
    "available_stock_quantity": checks.whole(0),
    "in_stock": checks.flag,
    "is_unlimited_stock": checks.flag,
    "is_published": checks.flag,
    "min_order": checks.whole(1),
    "max_order": checks.whole(1),
    "remind_me_at_stock": checks.whole(0),
    "notes": checks.text,
}
# A base product has no price and no stock of its own; those are set per unit or by stock calls.
BASE_CHECKS = {
    name: check
    for name, check in UPDATE_CHECKS.items()
    if name not in ("selling_price", "available_stock_quantity")
}
STOCK_CHECKS = {"available_stock_quantity": checks.whole(0)}
# What one checked item will do: each listing it concerns with its new values.
Plan = list[tuple[Listing, dict]]
_unit = checks.choice(UNITS)
_unit_count = checks.whole(1)


class Catalogue:
    """All listings of all accounts, found by each of their identities."""

    def __init__(self):
        self.by_id: dict[str, Listing] = {}
        self._by_internal: dict[tuple, Listing] = {}
        self._by_base: dict[tuple, list[Listing]] = defaultdict(list)
        self._ids = count(100001)
        self._base_ids = count(5001)

    def add(self, account: Account, **values) -> Listing:
        """Put a listing into the catalogue; ids that are not given are invented."""
        listing = self._draft(account, **values)
        self._register(listing)
        return listing

    def _draft(self, account: Account, **values) -> Listing:
        values.setdefault("supplier_code", account.supplier_codes[0])
        product_id = values.pop("supplier_product_id", None) or self._free_id()
        base_id = values.pop("base_product_id", None) or str(next(self._base_ids))
        return Listing(product_id, account.name, base_product_id=base_id, **values)

    def _free_id(self) -> str:
        return next(number for number in map(str, self._ids) if number not in self.by_id)

    def _register(self, listing: Listing) -> None:
        self.by_id[listing.supplier_product_id] = listing
        if listing.internal_product_id:
            self._by_internal[self._internal_key(listing)] = listing
        self._by_base[listing.account, listing.base_product_id].append(listing)

    @staticmethod
    def _internal_key(listing: Listing) -> tuple:
        return listing.account, listing.supplier_code, listing.internal_product_id

    def rename(self, listing: Listing, internal_product_id: str) -> None:
        self._by_internal.pop(self._internal_key(listing), None)
        listing.internal_product_id = internal_product_id
        self._by_internal[self._internal_key(listing)] = listing

    def remove(self, listing: Listing) -> None:
        del self.by_id[listing.supplier_product_id]
        self._by_internal.pop(self._internal_key(listing), None)
        self._by_base[listing.account, listing.base_product_id].remove(listing)

    def of_account(self, account: Account) -> list[Listing]:
        return [listing for listing in self.by_id.values() if listing.account == account.name]

    def of_base(self, account: Account, base_product_id: str) -> list[Listing]:
        return self._by_base.get((account.name, base_product_id), [])

    def find(self, account: Account, item: dict) -> Listing | None:
        """The listing that an update item names, by the contract's order of identifiers."""
        codes = account.codes_for(item)
        if "supplier_product_id" in item:
            wanted = checks.identifier("supplier_product_id", item["supplier_product_id"])
            listing = self.by_id.get(wanted)
            known = listing and listing.account == account.name and listing.supplier_code in codes
            return listing if known else None
        if "internal_product_id" in item:
            wanted = checks.identifier("internal_product_id", item["internal_product_id"])
            return self.find_internal(account, codes, wanted)
        return self._find_by_unit(account, codes, item)

    def find_internal(self, account: Account, codes, internal_product_id: str) -> Listing | None:
        """Without a supplier_code, the first of the account's codes that knows the product."""
        for code in codes:
            listing = self._by_internal.get((account.name, code, internal_product_id))
            if listing:
                return listing
        return None

    def _find_by_unit(self, account: Account, codes, item: dict) -> Listing | None:
        if not {"base_product_id", "unit", "unit_count"} <= item.keys():
            raise Refusal(
                "missing_identifier",
                "Send supplier_product_id, internal_product_id, or base_product_id with unit "
                "and unit_count.",
            )
        base_id = checks.identifier("base_product_id", item["base_product_id"])
        wanted = (_unit("unit", item["unit"]), _unit_count("unit_count", item["unit_count"]))
        for listing in self.of_base(account, base_id):
            if (listing.unit, listing.unit_count) == wanted and listing.supplier_code in codes:
                return listing
        return None

    def plan_update(self, account: Account, item, auto_create: bool) -> Plan:
        """Check one item of bulk-update."""
        checks.need_object(item)
        changes = checks.clean(item, UPDATE_CHECKS)
        listing = self.find(account, item)
        if listing is None and auto_create and "internal_product_id" in item:
            listing = self._draft_from(account, item)
        if listing is None:
            raise Refusal("unknown_product", "No such product in this supplier's catalogue.")
        return [(listing, changes)]

    def _draft_from(self, account: Account, item: dict) -> Listing:
        """A pack is written `<product>#<n>`: it shares the base product of its piece."""
        internal_id = checks.identifier("internal_product_id", item["internal_product_id"])
        codes = account.codes_for(item)
        piece = self.find_internal(account, codes, internal_id.partition("#")[0])
        unit = _unit("unit", item.get("unit", "box" if "#" in internal_id else "piece"))
        return self._draft(
            account,
            supplier_code=codes[0],
            internal_product_id=internal_id,
            base_product_id=piece and piece.base_product_id,
            base_product_name=piece.base_product_name if piece else "",
            unit=unit,
            unit_count=_unit_count("unit_count", item.get("unit_count", 1)),
        )

    def _listings_of_base_item(self, account: Account, item: dict) -> list[Listing]:
        if "base_product_id" not in item:
            raise Refusal("missing_identifier", "Send base_product_id.")
        base_id = checks.identifier("base_product_id", item["base_product_id"])
        codes = account.codes_for(item)
        listings = [one for one in self.of_base(account, base_id) if one.supplier_code in codes]
        if not listings:
            raise Refusal("unknown_product", "No such base product in this supplier's catalogue.")
        return listings

    def plan_base_update(self, account: Account, item) -> Plan:
        """Check one item of base-product/bulk-update: it moves all units of the base product."""
        changes = checks.clean(checks.need_object(item), BASE_CHECKS)
        listings = self._listings_of_base_item(account, item)
        return [(listing, changes) for listing in listings]

    def plan_base_stock(self, account: Account, item) -> Plan:
        """Check one item of bulk-update-stock: smallest units, divided by each unit_count."""
        changes = checks.clean(checks.need_object(item), STOCK_CHECKS)
        if not changes:
            raise Refusal("missing_field", "Send available_stock_quantity.")
        stock = changes["available_stock_quantity"]
        return [
            (listing, {"available_stock_quantity": stock // listing.unit_count})
            for listing in self._listings_of_base_item(account, item)
        ]

    def apply(self, plan: Plan, arrival: float, applied: float) -> None:
        """Carry out a checked item; a listing that auto_create drafted joins the catalogue."""
        for listing, changes in plan:
            if listing.supplier_product_id not in self.by_id:
                self._register(listing)
            listing.change(changes, arrival, applied)

"""Supplier accounts: a token and the codes it covers. Used by api/auth.py and products.py."""

from dataclasses import dataclass

from ..errors import Refusal
from . import checks


@dataclass(frozen=True)
class Account:
    name: str
    token: str
    supplier_codes: tuple[str, ...] = ("1", "2", "3")
    suspended: bool = False

    def codes_for(self, item: dict) -> tuple[str, ...]:
        """The codes an item may mean: its own if it says one, else all of the account's."""
        if "supplier_code" not in item:
            return self.supplier_codes
        code = checks.identifier("supplier_code", item["supplier_code"])
        if code not in self.supplier_codes:
            raise Refusal(
                "unknown_supplier_code", f"This token does not cover supplier_code {code}.", 403
            )
        return (code,)

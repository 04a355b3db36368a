"""What the retailer's side may send about orders. Read by admin/orders.py."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..statuses import STATUSES


class LineIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    product: str = Field(description="supplier_product_id or internal_product_id")
    amount: int = Field(ge=1, le=1_000_000)
    selling_price: Decimal | None = Field(
        None, ge=0, description="per unit after discounts; default: the listing's less them"
    )
    applied_supplier_discount: Decimal = Field(Decimal(0), ge=0)
    applied_cartona_discount: Decimal = Field(Decimal(0), ge=0)
    comment: str = ""


class LinesIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    lines: list[LineIn] = Field(min_length=1)
    force: bool = Field(False, description="sell what is unpublished or out of stock, too")


class OrderIn(LinesIn):
    hashed_id: str | None = Field(None, min_length=1, max_length=64)
    account: str = "main"
    supplier_code: str | None = None
    retailer: dict | None = Field(None, description="default: the sample with retailer_code")
    retailer_code: str | None = None
    delivered_by: Literal["delivered_by_supplier", "delivered_by_cartona"] = "delivered_by_supplier"
    cartona_credit: Decimal = Field(Decimal(0), ge=0)
    installment_cost: Decimal = Field(Decimal(0), ge=0)
    wallet_top_up: Decimal = Field(Decimal(0), ge=0)
    applied_supplier_rebate: Decimal = Field(Decimal(0), ge=0)
    status: Literal[STATUSES] = Field("pending", description="for orders older than the supplier")
    extra: dict = Field(default_factory=dict, description="further fields of the contract")

"""What the contract calls unknown, as switches that can be flipped while the sandbox runs."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """Defaults are the strict or plain reading; the admin API changes them one by one."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    bulk_answers: Literal["per_item", "whole_batch", "silent"] = Field(
        "per_item",
        description="per_item: each item's verdict; whole_batch: one bad item refuses the call; "
        "silent: good items are applied, bad ones dropped, the answer says nothing of them",
    )
    list_answers: Literal["object", "array"] = Field(
        "object", description="lists as {items, paging} or as a bare array"
    )
    from_to_means: Literal["created", "changed"] = "created"
    from_to_returns_synced: bool = Field(
        False, description="whether pull-orders with from/to brings back synced orders"
    )
    largest_page: int = Field(100, ge=1, description="larger per_page values are cut to this")
    order_by_id: bool = Field(False, description="GET order/<hashed_id> answers, else 404")
    misspelt_fields: bool = Field(
        False, description="suppler_prodcut_id, suppler_prodcut_name, price, wallet_topup"
    )
    strict_statuses: bool = Field(True, description="off: a supplier may set any status any time")
    straight_to_delivered: bool = Field(False, description="approved → delivered is allowed")
    repeated_status: Literal["refuse", "accept"] = Field(
        "refuse", description="what happens when an order already has the status that is sent"
    )
    supplier_changes_requeue: bool = Field(
        True, description="the supplier's own changes bring an order back to pull-orders"
    )
    bundles: bool = Field(True, description="bundle listings are shown and sold")
    auto_create: bool = Field(
        False, description="an unknown internal_product_id becomes a new listing"
    )
    max_items: int = Field(0, ge=0, description="most items of a bulk call; 0: no limit")
    max_body_bytes: int = Field(32 * 1024 * 1024, ge=1)
    auth_header: str = Field("AuthorizationToken", min_length=1)

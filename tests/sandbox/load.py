"""Measures the sandbox itself: python -m tests.sandbox.load. Says how many bulk calls it answers.

Run it before trusting a benchmark: the marketplace must be faster than what is measured.
"""

import argparse
import time

import httpx

from .client import TOKEN, Sandbox
from .server import running_sandbox


def _bodies(items: int) -> list[bytes]:
    """A few different bodies, made once: the load must not be the client's own work."""
    return [
        httpx.Request(
            "POST",
            "http://x",
            json=[
                {
                    "internal_product_id": str(number),
                    "selling_price": round_number + number / 100,
                    "available_stock_quantity": number,
                }
                for number in range(items)
            ],
        ).content
        for round_number in range(1, 5)
    ]


def measure(url: str, calls: int, items: int) -> float:
    """Bulk calls a second, one after the other over one connection."""
    bodies = _bodies(items)
    headers = {"AuthorizationToken": TOKEN, "Content-Type": "application/json"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60) as http:
        start = time.perf_counter()
        for number in range(calls):
            body = bodies[number % len(bodies)]
            http.post("/api/v1/supplier-product/bulk-update", content=body).raise_for_status()
        return calls / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.sandbox.load", description=__doc__)
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--items", type=int, default=500)
    options = parser.parse_args()
    with running_sandbox("--seed", "empty") as url, Sandbox(url) as sandbox:
        products = ({"internal_product_id": str(number)} for number in range(options.items))
        sandbox.put_products(*products)
        rate = measure(url, options.calls, options.items)
    print(f"{rate:.0f} bulk calls a second of {options.items} items each")


if __name__ == "__main__":
    main()

"""A small client for tests: the sandbox's own controls, and the supplier API beside them."""

import httpx

TOKEN = "sandbox-token"


class Sandbox:
    """Talks to one running sandbox: `with Sandbox("http://127.0.0.1:8070") as sandbox: …`."""

    def __init__(self, base_url: str, token: str = TOKEN, timeout: float = 30.0):
        self.base_url = base_url.rstrip("/")
        self.http = httpx.Client(base_url=self.base_url, timeout=timeout, trust_env=False)
        self._token = token

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.http.close()

    def admin(self, method: str, path: str, **options):
        """Call /_sandbox/<path>; gives back the JSON, raises on an error."""
        answer = self.http.request(method, f"/_sandbox/{path}", **options)
        if answer.is_error:
            raise httpx.HTTPStatusError(answer.text, request=answer.request, response=answer)
        return answer.json()

    def api(self, method: str, path: str, token: str | None = None, **options) -> httpx.Response:
        """Call the supplier API as the supplier does."""
        headers = {"AuthorizationToken": token or self._token, **options.pop("headers", {})}
        return self.http.request(method, f"/api/v1/{path}", headers=headers, **options)

    def reset(self, seed: str | None = None) -> None:
        self.admin("POST", "reset", json={"seed": seed})

    def set(self, **settings) -> dict:
        return self.admin("PUT", "settings", json=settings)

    def put_account(self, **account) -> dict:
        return self.admin("PUT", "accounts", json=account)

    def put_products(self, *products: dict, account: str = "main") -> list[str]:
        """Fill Cartona's catalogue; gives back the supplier_product_ids."""
        return self.admin("PUT", "products", params={"account": account}, json=products)

    def product(self, product_id: str) -> dict:
        return self.admin("GET", "product", params={"id": product_id})

    def history(self, product_id: str) -> list[dict]:
        return self.admin("GET", "product/history", params={"id": product_id})

    def product_state(self) -> list[dict]:
        """All listings, each as its comparable values."""
        state = self.admin("GET", "products/state")
        return [dict(zip(state["columns"], row, strict=True)) for row in state["rows"]]

    def place_order(self, *lines: dict, **order) -> dict:
        return self.admin("POST", "orders", json={"lines": lines, **order})

    def order(self, hashed_id: str) -> dict:
        return self.admin("GET", f"orders/{hashed_id}")

    def act(self, hashed_id: str, action: str, **details) -> dict:
        """start-editing, finish-editing, cancel, return (retailer); ship, deliver (Cartona)."""
        return self.admin("POST", f"orders/{hashed_id}/{action}", json=details)

    def change_lines(self, hashed_id: str, *lines: dict, admin: bool = False) -> dict:
        path = f"orders/{hashed_id}/lines"
        return self.admin("PUT", path, params={"admin": admin}, json={"lines": lines})

    def add_fault(self, kind: str, **spec) -> dict:
        return self.admin("POST", "faults", json={"kind": kind, **spec})

    def clear_faults(self) -> None:
        self.admin("DELETE", "faults")

    def seed_chance(self, seed: int) -> None:
        self.admin("PUT", "faults/seed", json={"seed": seed})

    def held(self) -> list[str]:
        return self.admin("GET", "held")

    def release(self, seq: str | None = None) -> list[str]:
        return self.admin("POST", "held/release", json={"seq": seq})["released"]

    def journal(self, **query) -> list[dict]:
        return self.admin("GET", "journal", params=query)["entries"]

    def last_seq(self) -> int:
        return self.admin("GET", "journal", params={"limit": 1})["last_seq"]

    def counters(self) -> dict:
        return self.admin("GET", "counters")

    def clear_journal(self) -> None:
        self.admin("DELETE", "journal")

    def set_webhooks(self, **config) -> dict:
        return self.admin("PUT", "webhooks", json=config)

    def deliveries(self, **query) -> list[dict]:
        return self.admin("GET", "webhooks/deliveries", params=query)

    def resend(self, *hashed_ids: str, **how) -> list[int]:
        return self.admin("POST", "webhooks/resend", json={"hashed_ids": hashed_ids, **how})

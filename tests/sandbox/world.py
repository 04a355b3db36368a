"""Everything the sandbox knows, in one place that can be reset. Made by app.py, used by all.

All of it lives in one event loop and no method here awaits between reading and writing, so
requests can't see each other's half-done work.
"""

from .faults import Faults
from .journal import Journal
from .seeds import plant
from .settings import Settings
from .state.accounts import Account
from .state.lines import LineEditor
from .state.orders import OrderBook
from .state.products import Catalogue
from .webhooks import WebhookConfig, Webhooks

DEFAULT_TOKEN = "sandbox-token"


class World:
    def __init__(self, seed: str, token: str, webhooks: WebhookConfig, settings: dict):
        self._token = token
        self._settings_start = settings
        self._webhook_start = webhooks
        self.journal = Journal()
        self.webhooks = Webhooks(webhooks.model_copy())
        self._begin(seed)

    def _begin(self, seed: str) -> None:
        self.seed = seed
        self.settings = Settings(**self._settings_start)
        self.accounts = {"main": Account("main", self._token)}
        self.faults = Faults()
        self.catalogue = Catalogue()
        self.orders = OrderBook(self.settings, self._order_changed)
        self.lines = LineEditor(self.catalogue, self.orders)
        plant(self.catalogue, self.accounts["main"], seed)
        self.version = 0
        self.touch()

    async def reset(self, seed: str | None = None) -> None:
        """Back to the start; held requests are dropped, deliveries under way too."""
        await self.webhooks.stop()
        self.webhooks = Webhooks(self._webhook_start.model_copy())
        waiting = self.faults
        self._begin(seed or self.seed)
        waiting.release()
        self.journal.clear()

    def touch(self) -> None:
        """Something the page shows has changed."""
        self.version += 1

    def _order_changed(self, kind: str, order, actor: str) -> None:
        self.touch()
        self.webhooks.announce(kind, order, actor, self.settings.misspelt_fields)

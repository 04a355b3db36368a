# Marketplaces' dialects: the contract first, then one folder a marketplace.
from . import marketplace_adapter
from . import cartona

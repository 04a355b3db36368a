# The addon's entry: loads its rooms and gives Odoo the hooks named in the manifest.
from . import adapters, controllers, models, wizards
from .hooks import post_load, uninstall_hook

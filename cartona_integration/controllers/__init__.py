from . import marketplace_webhook

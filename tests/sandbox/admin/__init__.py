"""The sandbox's own controls under /_sandbox/, over HTTP."""

from . import faults, journal, orders, products, shop, state, webhooks

routes = [module.router for module in (state, products, orders, faults, journal, webhooks, shop)]

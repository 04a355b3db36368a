# The contract between the engine and one marketplace's dialect. An adapter words requests and
# reads answers; it never sends anything and writes nothing.
from odoo import api, models

PREFIX = "marketplace.adapter."


class MarketplaceAdapter(models.AbstractModel):
    """What every marketplace must be able to say; ``marketplace.adapter.<platform>`` says it.

    An adapter is registered by existing: its model name ends with the platform's code and its
    ``_description`` is the platform's name.
    """

    _name = "marketplace.adapter"
    _description = "Marketplace Adapter"

    @api.model
    def _get_platforms(self):
        """The platforms this Odoo has an adapter for, as a selection."""
        names = sorted(name for name in self.env.registry if name.startswith(PREFIX))
        return [
            (name.removeprefix(PREFIX), self.env["ir.model"]._get(name).name or name)
            for name in names
        ]

    @api.model
    def _for(self, config):
        """The adapter that speaks for ``config``."""
        return self.env[PREFIX + config.platform]

    @api.model
    def _get_config_defaults(self):
        """Values that a new config of this platform starts with.

        :return: dict of ``marketplace.config`` values: address, header, scheme, name
        """
        raise NotImplementedError

    @api.model
    def _get_endpoints(self):
        """The marketplace's paths, below the config's address.

        :return: dict {endpoint key: path without leading slash}
        """
        raise NotImplementedError

    @api.model
    def _build_connection_test(self, config):
        """A request that costs the marketplace little and succeeds with a good token only.

        :return: an ApiRequest
        """
        raise NotImplementedError

    @api.model
    def _parse_connection_test(self, answer):
        """Make sure that it was this marketplace that answered.

        :param answer: an ApiAnswer
        :raise MarketplaceError: with code ``unexpected`` when it looks like someone else
        """
        raise NotImplementedError

    @api.model
    def _build_product_update(self, config, items):
        """Tell the marketplace about products.

        :param items: Items; their contents have price, stock, unlimited and published
        :return: an ApiRequest
        """
        raise NotImplementedError

    @api.model
    def _parse_product_update(self, answer, items):
        """Read the answer to a product update.

        :return: dict {record id: Verdict}, one for every item
        :raise MarketplaceError: when the answer says nothing about them
        """
        raise NotImplementedError

    @api.model
    def _build_product_page(self, config, page):
        """Ask for a page of the marketplace's own catalogue of this supplier, from 1 on."""
        raise NotImplementedError

    @api.model
    def _parse_product_page(self, answer):
        """Read such a page.

        :return: (list of RemoteProducts, whether there are more pages)
        :raise MarketplaceError: when it is no such page
        """
        raise NotImplementedError

    @api.model
    def _split_events(self, payload):
        """Take a webhook's body, or a page of orders, apart into one element an order.

        :return: list of elements; whatever is no such body has none
        """
        raise NotImplementedError

    @api.model
    def _identify(self, element):
        """Tell whose order an element is about, whatever else is wrong with it.

        :return: (the marketplace's id of the order, the supplier's code), "" where it doesn't say
        """
        raise NotImplementedError

    @api.model
    def _parse_order(self, element):
        """Read an order.

        :return: a RemoteOrder
        :raise Unusable: it is none
        """
        raise NotImplementedError

    @api.model
    def _parse_status(self, element):
        """Read an order's status.

        :return: a RemoteStatus
        :raise Unusable: it is none
        """
        raise NotImplementedError

    @api.model
    def _build_order_page(self, config, page, since=None):
        """Ask for a page of new and changed orders, from 1 on.

        :param date since: ask for orders from this day on, those that are settled included
        """
        raise NotImplementedError

    @api.model
    def _parse_order_page(self, answer):
        """:return: the page's elements, none after the last page
        :raise MarketplaceError: when it is no such page
        """
        raise NotImplementedError

    @api.model
    def _build_order_read(self, config, remote_id):
        """Ask for one order by its id."""
        raise NotImplementedError

    @api.model
    def _parse_order_read(self, answer):
        """:return: the order's element
        :raise MarketplaceError: when it is none
        """
        raise NotImplementedError

    @api.model
    def _build_acknowledgement(self, config, items):
        """Tell the marketplace that orders have arrived.

        :param items: Items; the identity's "remote" is the order
        """
        raise NotImplementedError

    @api.model
    def _parse_acknowledgement(self, answer, items):
        """:return: dict {record id: Verdict}, one for every item"""
        raise NotImplementedError

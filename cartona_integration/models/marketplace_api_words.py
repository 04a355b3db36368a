# What our error codes mean, said to the person concerned in their language: what is wrong and what
# to do next. Read by notifications, the log and, later, listings and orders.
from odoo import _, api, models


class MarketplaceApi(models.AbstractModel):
    _inherit = "marketplace.api"

    @api.model
    def _explain(self, code):
        """A sentence for the person concerned: what is wrong and what to do next."""
        return self._get_explanations().get(code) or self._get_explanations()["failed"]

    @api.model
    def _get_explanations(self):
        return (
            self._get_trouble_explanations()
            | self._get_answer_explanations()
            | self._get_listing_explanations()
            | self._get_stock_explanations()
            | self._get_address_explanations()
        )

    @api.model
    def _get_trouble_explanations(self):
        """What may pass by itself, or lies at our end."""
        return {
            "failed": _(
                "The marketplace could not be asked. Try again; if it stays so, show the "
                "log to your administrator."
            ),
            "no_token": _("There is no token yet. Enter the token that the marketplace gave you."),
            "auth_failed": _(
                "The marketplace does not accept the token. Copy it again from the "
                "marketplace, without blanks, and make sure that it has not been "
                "replaced by a newer one."
            ),
            "foreign_token": _(
                "The token was entered for another server, so it is not sent to this one. Check "
                "the API address, and enter the token again."
            ),
            "unreachable": _(
                "Nothing answers at this address. Check the API address and the "
                "Internet connection of this server."
            ),
            "tls": _(
                "The connection is not secure: the server's certificate is not valid for "
                "this address. Check the API address; don't send the token anywhere else."
            ),
            "timeout": _(
                "The marketplace did not answer in time. Try again in a minute; if it "
                "stays so, set a longer time-out."
            ),
            "interrupted": _("The connection broke off before the answer was complete. Try again."),
            "unavailable": _(
                "The marketplace has a problem of its own at the moment. Nothing is "
                "lost: what waits is sent when it is back."
            ),
            "rate_limited": _(
                "The marketplace asks us to slow down. Sending goes on by itself "
                "after the pause it asked for."
            ),
        }

    @api.model
    def _get_answer_explanations(self):
        """What an answer tells, and who gave it."""
        return {
            "rejected": _("The marketplace refused the request. Its reason is in the log."),
            "stubborn": _(
                "The marketplace can't work on this product, although it doesn't refuse it. Its "
                "reason is in the log. Other products go first; this one is tried again every few "
                "minutes."
            ),
            "unknown_product": _(
                "The marketplace does not list this product yet. Ask it to, or wait: its "
                "catalogue is read every day."
            ),
            "not_found": _(
                "Someone answers at this address, but not the marketplace's API. Check "
                "the API address, to its last part."
            ),
            "unexpected": _(
                "Someone answers at this address, but it is not the marketplace. Check "
                "the API address."
            ),
            "not_json": _(
                "Someone answers at this address, but it is not the marketplace. Check "
                "the API address."
            ),
            "too_large": _(
                "The answer is larger than anything that a marketplace sends. Check "
                "the API address."
            ),
            "redirected": _(
                "The address leads on to another one, and the token must not follow. "
                "Enter the marketplace's own API address."
            ),
            "private_address": _(
                "This name leads into a private network. Enter the marketplace's public address."
            ),
        }

    @api.model
    def _get_listing_explanations(self):
        """Why a listing is not sent as it stands."""
        return {
            "held_price": _(
                "The price is zero or below, and such a price is never sent. Enter the right one "
                "on the product or in the pricelist."
            ),
            "held_change": _(
                "The price changes by more than this connection lets through by itself. Approve or "
                "reject it; until then the marketplace keeps the old one."
            ),
            "held_rejected": _(
                "A manager rejected the new price. The marketplace keeps the old one until the "
                "price changes again."
            ),
            "price_overflow": _(
                "The price is a billion or more, which must be a typing error. Correct it "
                "on the product or in the pricelist."
            ),
            "price_uncomputable": _(
                "Odoo can't work out this price. Look at the product's pricelist rules (lists that "
                "build on each other in a circle, a rounding below zero) and at its taxes (a "
                "formula that fails), and correct them."
            ),
            "price_company": _(
                "The pricelist, or one that it builds on, belongs to another company. Choose one "
                "of this company."
            ),
            "currency_inactive": _(
                "The product or its pricelist is in a currency that is not active, so nobody keeps "
                "its rates. Activate the currency, or choose another pricelist."
            ),
            "uncomputable": _(
                "Odoo can't work out this product's price or stock. Look at its price rules, its "
                "taxes and its bill of materials; the server's log says what went wrong."
            ),
            "currency_unrated": _(
                "The product or its pricelist is in a currency that has no rate for today. Enter "
                "its rate, or choose another pricelist."
            ),
        }

    @api.model
    def _get_stock_explanations(self):
        """Why nobody can say how much of a listing there is, or what it is."""
        return {
            "stock_overflow": _(
                "The stock is larger than anything that can be in a warehouse. Correct it, or "
                "limit what is shown at most."
            ),
            "stock_company": _(
                "A chosen warehouse belongs to another company. Choose warehouses of this company."
            ),
            "stock_unit": _(
                "A quotation or a kit counts this product in a unit that can't be converted to its "
                "own. Correct the unit there."
            ),
            "scope_unreadable": _(
                "By this connection's choice of products none can be looked for any more: an app "
                "that it needs may be gone. Choose the products anew on its Products page."
            ),
            "identity_taken": _(
                "Another product is known to the marketplace by the same identity. Give one of "
                "them another one."
            ),
        }

    @api.model
    def _get_address_explanations(self):
        """Why an address is refused before anything is sent there."""
        return {
            "address_malformed": _("This is not a web address. It looks like https://host/api/v1/"),
            "address_credentials": _(
                "Leave the user name and the password out of the address: "
                "the token has a field of its own."
            ),
            "address_dots": _(
                "Leave . and .. out of the address: write the path that they lead to, for example "
                "https://host/api/v1/"
            ),
            "address_scheme": _(
                "The address must begin with https://, so that nobody on the way "
                "can read the token."
            ),
            "address_private": _(
                "This address lies in a private network. Enter the marketplace's public address."
            ),
        }

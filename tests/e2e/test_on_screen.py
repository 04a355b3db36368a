"""What a person does on Odoo's screen is what a retailer sees on the marketplace's, in Chromium."""

import random

from tests.chaos.market import Market
from tests.sandbox.tests.browser import needs_chromium

from . import screen, worlds
from .screen import log_in, open_form
from .waiting import wait_until

pytestmark = needs_chromium
stage, shared_world, _play, _play_alone = worlds.make_fixtures(products=200, seed=7)
page = screen.page


def set_price(page, url, product, price):
    open_form(page, url, "product.template", product.template)
    field = page.locator("div[name=list_price] input")
    field.fill(price)
    field.press("Tab")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_saved, .o_form_button_save:not(:visible)", state="attached")


def test_a_price_that_is_typed_into_odoo_is_read_on_the_marketplace(shared_world, page):
    with shared_world.lent() as world:
        product = world.products[0]
        world.shop.put_products(
            {"internal_product_id": product.identity, "base_product_name": "Tea of the screen"}
        )
        log_in(page, world.nodes[0].url)
        set_price(page, world.nodes[0].url, product, "123.45")
        page.goto(f"{world.shop.base_url}/?lang=en")
        page.fill("#search", "Tea of the screen")
        page.get_by_text("123.45").wait_for()


def buy(page, world, product):
    """Order one piece on the marketplace's page, as a retailer. :return: the order"""
    page.goto(f"{world.shop.base_url}/?lang=en")
    page.fill("#search", product)
    page.locator(".product", has_text=product).get_by_role("button").click()
    page.click("#place")
    page.locator("#orders .order").wait_for()
    return world.shop.admin("GET", "orders")[-1]


def see_in_sales(page, url, words):
    """Find it in the list of everybody's quotations."""
    page.goto(f"{url}/web#action=sale.action_quotations_with_onboarding&view_type=list")
    page.wait_for_selector(".o_list_view")
    page.locator(".o_facet_remove").first.click()
    page.locator(".o_data_row", has_text=words).first.wait_for()


def test_an_order_that_is_placed_on_the_marketplace_s_page_appears_in_sales(shared_world, page):
    with shared_world.lent() as world:
        market = Market(world, random.Random(7))
        market.listen()
        product = world.products[0]
        world.shop.put_products(
            {
                "internal_product_id": product.identity,
                "base_product_name": "Rice of the screen",
                "available_stock_quantity": 50,
                "selling_price": 20,
                "is_published": True,
            }
        )
        order = buy(page, world, "Rice of the screen")
        found = [("cartona_id", "=", order["hashed_id"])]
        [quotation] = wait_until(lambda: world.rpc.call("sale.order", "search", found))
        log_in(page, world.nodes[0].url)
        [there] = world.rpc.call("sale.order", "read", [quotation], ["name"])
        see_in_sales(page, world.nodes[0].url, there["name"])
        open_form(page, world.nodes[0].url, "sale.order", quotation)
        page.get_by_text(order["hashed_id"]).first.wait_for()
        market.rest()

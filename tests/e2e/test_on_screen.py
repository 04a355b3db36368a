"""What a person does on Odoo's screen is what a retailer sees on the marketplace's, in Chromium."""

from tests.sandbox.tests.browser import needs_chromium

from . import screen, worlds
from .screen import log_in, open_form

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

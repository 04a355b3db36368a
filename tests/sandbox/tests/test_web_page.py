"""A person plays the retailer in the browser, in Arabic and English, on a screen and a phone."""

import json
import re

import pytest

from ..web.page import WORDS
from .browser import chromium, needs_chromium
from .helpers import bring_to, pulled, send_status, update_products

pytestmark = needs_chromium
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def open_page(browser, sandbox):
    """Opens the page; at the end, no script may have failed on it."""
    pages, errors = [], []

    def open_it(lang="en", tab="shop", size=DESK):
        page = browser.new_page(viewport=size)
        page.set_default_timeout(15000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{sandbox.base_url}/?lang={lang}#{tab}")
        page.wait_for_selector("#retailer option", state="attached")
        pages.append(page)
        return page

    yield open_it
    for page in pages:
        page.close()
    assert errors == []


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_page_reads_in_its_language(open_page, lang, direction):
    page = open_page(lang)
    assert page.locator("html").get_attribute("dir") == direction
    title = WORDS[lang]["title"]
    assert page.title() == title
    page.get_by_text(WORDS[lang]["no_products"]).wait_for()


def test_language_is_switched_without_leaving_the_tab(open_page):
    page = open_page("en", "faults")
    page.locator(".language").click()
    page.locator("html[dir=rtl]").wait_for()
    page.locator("#faults").wait_for()
    page.get_by_text(WORDS["ar"]["faults_hint"]).wait_for()


@pytest.mark.parametrize(("lang", "size"), [("en", DESK), ("ar", PHONE)])
def test_order_placed_in_the_page_is_pulled(open_page, sandbox, rice, lang, size):
    page = open_page(lang, size=size)
    page.locator(".product button").click()
    page.locator(".product .stepper button").last.click()
    page.fill("[name=installment_cost]", "20")
    page.fill("[name=wallet_top_up]", "5.5")
    page.fill("[name=note_message]", "<b>اتصل</b> قبل الوصول")
    page.click("#place")
    page.locator("#orders .order").wait_for()
    [hashed_id] = pulled(sandbox)
    order = sandbox.order(hashed_id)
    assert (order["total_price"], order["to_collect"]) == (65, 50.5)
    assert order["note_message"] == "<b>اتصل</b> قبل الوصول"
    shown = page.locator(".order").inner_text()
    assert "<b>اتصل</b>" in shown
    assert order["retailer_otp"] in shown


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_nothing_sticks_out_on_a_phone(open_page, sandbox, order, lang):
    sandbox.add_fault("status", path="order/update-order-status/*")
    send_status(sandbox, order["hashed_id"], "approved")
    page = open_page(lang, size=PHONE)
    for tab in ("shop", "orders", "requests", "faults"):
        page.locator(f"#tab-{tab}").click()
        page.locator(f"#{tab} .card").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_price_and_stock_change_before_ones_eyes(open_page, sandbox, rice):
    page = open_page()
    page.get_by_text("EGP 32.50").first.wait_for()
    item = {"internal_product_id": "479", "selling_price": 19.75, "available_stock_quantity": 0}
    update_products(sandbox, item)
    page.get_by_text("EGP 19.75").wait_for()
    page.get_by_text("Sold out").wait_for()
    assert page.locator(".product button").is_disabled()


def test_more_credit_than_the_total_is_refused(open_page, rice):
    page = open_page()
    page.locator(".product button").click()
    page.fill("[name=cartona_credit]", "33")
    page.get_by_text(WORDS["en"]["too_much_credit"]).wait_for()
    assert page.locator("#place").is_disabled()


def test_retailer_edits_an_order(open_page, sandbox, order):
    page = open_page(tab="orders")
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator(".order input[type=number]").fill("7")
    page.get_by_role("button", name="Done editing").click()
    page.get_by_text("Pending").first.wait_for()
    page.get_by_text("7 × EGP 32.50").wait_for()
    assert sandbox.order(order["hashed_id"])["order_details"][0]["amount"] == 7


def test_retailer_cancels_an_order(open_page, sandbox, order):
    page = open_page(tab="orders")
    page.get_by_role("button", name="Cancel the order").click()
    page.locator(".chip.cancelled_by_retailer").wait_for()
    assert sandbox.order(order["hashed_id"])["status"] == "cancelled_by_retailer"


def test_driver_enters_the_retailers_code(open_page, sandbox, rice):
    order = sandbox.place_order({"product": rice, "amount": 1}, installment_cost="5")
    bring_to(sandbox, order["hashed_id"], "assigned_to_salesman")
    page = open_page(tab="orders")
    page.locator(".otp").fill("0000")
    page.get_by_role("button", name="Delivered").click()
    page.get_by_text("code is wrong").wait_for()
    page.locator(".otp").fill(order["retailer_otp"])
    page.get_by_role("button", name="Delivered").click()
    page.locator(".chip.delivered").wait_for()


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "Set order {id} to “Approved”"), ("ar", "غيّر حالة الطلب {id} إلى «تم القبول»")],
)
def test_what_odoo_sent_is_told_in_words(open_page, sandbox, order, lang, sentence):
    send_status(sandbox, order["hashed_id"], "approved")
    page = open_page(lang, "requests")
    page.get_by_text(sentence.format(id=order["hashed_id"])).wait_for()


def test_trouble_is_switched_on_and_off(open_page, sandbox):
    page = open_page(tab="faults")
    page.locator("[data-name=fault_slow]").click()
    page.locator("[data-name=fault_slow]:checked").wait_for()
    page.locator("#faults-count", has_text="1").wait_for()
    assert [fault["kind"] for fault in sandbox.admin("GET", "faults")] == ["delay"]
    page.locator("[data-name=fault_slow]").click()
    page.locator("[data-name=fault_slow]:not(:checked)").wait_for()
    page.locator("#faults-count:empty").wait_for(state="attached")
    assert sandbox.admin("GET", "faults") == []


def test_names_from_odoo_are_never_markup(open_page, sandbox):
    name = "<img src=x onerror=document.title='owned'>"
    sandbox.put_products({"internal_product_id": "1", "base_product_name": name})
    page = open_page()
    page.get_by_text(name).wait_for()
    assert page.locator(".product img").count() == 0


def test_words_exist_in_both_languages():
    assert WORDS["ar"].keys() == WORDS["en"].keys()
    for name, text in WORDS["ar"].items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", WORDS["en"][name]))
        arabic = re.search("[\u0600-\u06ff]", text)
        assert arabic or name in ("other_language", "line_unit"), name


def test_words_can_not_end_their_script(sandbox):
    page = sandbox.http.get("/?lang=en").text
    words = page.split('type="application/json">')[1].split("</script>")[0]
    assert json.loads(words) == WORDS["en"]


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("en-US,en;q=0.9", "en"),
        ("ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        ("fr-FR,fr;q=0.9,ar;q=0.4,en;q=0.7", "en"),
        ("en;q=0.3, ar;q=0.5", "ar"),
        ("de", "ar"),
        ("", "ar"),
        ("en;q=much", "en"),
        (",;q=,*", "ar"),
    ],
)
def test_the_page_opens_in_the_browser_s_language(sandbox, accepted, lang):
    headers = {"Accept-Language": accepted}
    for path in ("/", "/?lang=xx"):
        assert f'<html lang="{lang}"' in sandbox.http.get(path, headers=headers).text
    for chosen in ("ar", "en"):
        page = sandbox.http.get(f"/?lang={chosen}", headers=headers).text
        assert f'<html lang="{chosen}"' in page

"""`make chaos`, inbound: each scenario at length, in real time, on a PostgreSQL of its own."""

import pytest

from . import (
    inbound_accounts,
    inbound_edits,
    inbound_events,
    inbound_faults,
    inbound_kills,
    inbound_outage,
    inbound_poison,
    inbound_rivals,
)

EQUAL = "Odoo = Cartona, each order once, all acknowledged, no failed job"
PREFORK = {"workers": 4}


def test_shuffled_events(play):
    what = "2,000 events, 30% doubled, shuffled, 8 senders"
    bar = f"{EQUAL}, the newest state after the next poll"
    play(inbound_events.shuffled_events, what, bar, events=2_000, shuffle=30, world=PREFORK)


def test_one_order_delivered_twice(play):
    what = "the same order at two nodes at once"
    play(inbound_rivals.one_order_delivered_twice, what, EQUAL, orders=200, world={"nodes": 2})


def test_two_importers(play):
    what = "two processes import the same order at once"
    play(inbound_rivals.two_importers, what, EQUAL, orders=200)


@pytest.mark.parametrize("step", inbound_kills.STEPS)
def test_killed_at_each_step(play, step):
    what = f"kill -9 {step}"
    play(inbound_kills.killed_at(step), what, EQUAL, rounds=5, world=PREFORK)


def test_killed_workers(play):
    what = "kill -9 of workers at any moment of the intake"
    play(inbound_kills.killed_workers, what, EQUAL, kills=15, orders=20, world=PREFORK)


def test_crashed_database(play):
    what = "PostgreSQL crashes while orders come in"
    play(inbound_kills.crashed_database, what, EQUAL, times=5, orders=40, world=PREFORK)


@pytest.mark.parametrize("shape", ["object", "array"])
def test_outage(play, shape):
    what = f"48 hours without a webhook, 250 orders, pages as {shape}"
    bar = f"{EQUAL}, none before all pages are read"
    play(inbound_outage.outage, what, bar, orders=250, shape=shape, world=PREFORK)


@pytest.mark.parametrize("webhooks", [True, False])
def test_unknown_product(play, webhooks):
    what = f"one poison order among 100, {'by webhook' if webhooks else 'by asking'}"
    bar = "99 in, the other one once it is mended"
    play(inbound_poison.unknown_product, what, bar, orders=100, webhooks=webhooks, world=PREFORK)


@pytest.mark.parametrize("webhooks", [True, False])
def test_crashing_order(play, webhooks):
    what = f"one order among 100 crashes the code, {'by webhook' if webhooks else 'by asking'}"
    bar = "99 in, the other one put aside"
    play(inbound_poison.unbearable_name, what, bar, orders=100, webhooks=webhooks, world=PREFORK)


def test_stubborn_database(play):
    what = "PostgreSQL refuses one order among 100 for a while"
    play(inbound_poison.stubborn_database, what, EQUAL, orders=100, world=PREFORK)


def test_bad_network(play):
    what = "half of the calls about orders fail"
    play(inbound_faults.bad_network, what, EQUAL, orders=40, rounds=6, world=PREFORK)


@pytest.mark.parametrize("path", inbound_faults.PAUSED_PATHS)
def test_pause_asked_for(play, path):
    what = f"429 with Retry-After on {path}"
    bar = f"{EQUAL}, no call before"
    play(inbound_faults.pause_asked_for, what, bar, seconds=20, path=path, world=PREFORK)


def test_pause_amid_pages(play):
    what = "429 for a push while the list is read"
    bar = f"{EQUAL}, no call before"
    play(inbound_faults.pause_amid_pages, what, bar, seconds=10, orders=60, world=PREFORK)


def test_paused_connection(play):
    what = "webhooks while the connection is paused"
    play(inbound_accounts.paused_connection, what, EQUAL, orders=100, world=PREFORK)


def test_shared_token(play):
    what, bar = "two connections of one token", f"{EQUAL}, asked once"
    play(inbound_accounts.shared_token, what, bar, orders=60, world=PREFORK)


@pytest.mark.parametrize("webhooks", [True, False])
def test_edited_orders(play, webhooks):
    what = f"retailers edit and cancel, told {'by webhook, shuffled' if webhooks else 'by asking'}"
    play(inbound_edits.edited_orders, what, EQUAL, orders=60, rounds=5, webhooks=webhooks)


def test_hidden_edit(play):
    what = "an edit that the list never shows"
    play(inbound_edits.hidden_edit, what, EQUAL, orders=10, world=PREFORK)

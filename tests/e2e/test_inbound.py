"""The inbound engine under trouble, in short: the same scenarios as `make chaos` plays at length.

Each ends with the same comparison: every order of the sandbox stands in Odoo once and as it is over
there, the sandbox knows that it has arrived, nothing waits, no job has failed.
"""

import pytest

from tests.chaos import (
    inbound_accounts,
    inbound_edits,
    inbound_events,
    inbound_faults,
    inbound_kills,
    inbound_outage,
    inbound_poison,
    inbound_rivals,
)
from tests.chaos.apart import moved_apart

from . import worlds

stage, shared_world, play, play_alone = worlds.make_fixtures(products=40, seed=11)


def test_a_crowd_of_doubled_and_shuffled_events_makes_each_order_once(play):
    play(inbound_events.shuffled_events, events=60, shuffle=2)


def test_an_order_that_arrives_at_two_nodes_at_once_comes_once(play):
    play(inbound_rivals.one_order_delivered_twice, nodes=2, orders=20)


def test_two_processes_that_import_the_same_order_make_one(play):
    play(inbound_rivals.two_importers, orders=20)


@pytest.mark.parametrize("step", inbound_kills.STEPS)
def test_a_worker_killed_at_any_step_neither_loses_nor_doubles_an_order(play, step):
    play(inbound_kills.killed_at(step), rounds=1)


@pytest.mark.parametrize("shape", ["object", "array"])
def test_after_two_days_without_a_webhook_all_orders_come_by_asking(play, shape):
    play(inbound_outage.outage, orders=60, shape=shape)


@pytest.mark.parametrize("webhooks", [True, False])
def test_one_order_of_an_unknown_product_holds_back_no_other(play, webhooks):
    play(inbound_poison.unknown_product, orders=10, webhooks=webhooks)


@pytest.mark.parametrize("webhooks", [True, False])
def test_one_order_that_makes_the_code_crash_holds_back_no_other(play_alone, stage, webhooks):
    play_alone(inbound_poison.unbearable_name, stage, orders=10, webhooks=webhooks)


def test_an_order_that_the_database_refuses_for_the_moment_holds_back_no_other(play):
    play(inbound_poison.stubborn_database, orders=10)


def test_orders_get_through_a_bad_network(play):
    play(inbound_faults.bad_network, orders=12, rounds=2, chance=5)


@pytest.mark.parametrize("path", inbound_faults.PAUSED_PATHS)
def test_nobody_asks_or_tells_before_the_pause_that_was_asked_for_is_over(play, path):
    play(inbound_faults.pause_asked_for, seconds=3, path=path)


def test_a_reader_amid_its_pages_heeds_a_pause_that_a_push_was_asked_for(play):
    play(inbound_faults.pause_amid_pages, seconds=4, orders=10)


def test_a_crash_of_the_database_loses_no_order(play_alone, stage):
    # On a server of its own, because others may use the usual one.
    with moved_apart(stage) as apart:
        play_alone(inbound_kills.crashed_database, apart, times=1, orders=10)


def test_what_arrives_while_a_connection_is_paused_is_kept(play):
    play(inbound_accounts.paused_connection, orders=6)


def test_two_connections_of_one_token_ask_once_and_get_their_own_orders(play_alone, stage):
    play_alone(inbound_accounts.shared_token, stage, orders=8)


@pytest.mark.parametrize("webhooks", [True, False])
def test_quotations_follow_retailers_who_edit_and_cancel(play, webhooks):
    play(inbound_edits.edited_orders, orders=8, rounds=2, webhooks=webhooks)


def test_an_edit_that_the_list_never_shows_is_not_forgotten(play):
    play(inbound_edits.hidden_edit, orders=3)

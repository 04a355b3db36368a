"""`make chaos`, outbound: each scenario at length, in real time, on a PostgreSQL of its own."""

import pytest

from . import (
    crashes,
    decisions,
    faults,
    initial_sync,
    late_commit,
    lost_answers,
    people,
    refusals,
    sellers,
    wakes,
)

EQUAL = "Cartona = Odoo, outbox empty, no failed job"


def test_ten_thousand_changes_through_a_bad_network(play):
    bar = f"{EQUAL}, calls <= {faults.BAR_CALLS} x ideal"
    play(faults.bad_network, "20% 5xx, 5% time-outs, 2% resets", bar, count=10_000, within=1200)


def test_killed_workers(play):
    bar = f"{EQUAL}, >= {crashes.BAR_KILLS:.0%} of the kills in a flush"
    play(
        crashes.killed_workers,
        "kill -9 of workers",
        bar,
        kills=15,
        at_random=2,
        world={"workers": 4},
    )


def test_killed_initial_sync(play):
    what, bar = "a first sync killed half-way", f"{EQUAL}, the confirmed not sent again"
    play(initial_sync.killed_initial_sync, what, bar, count=20_000, world={"workers": 4})


def test_restarted_database(play):
    # A threaded server does not start its crons again when PostgreSQL has gone, a prefork one does.
    what = "PostgreSQL crashes and comes back"
    play(crashes.restarted_database, what, EQUAL, times=5, world={"workers": 2})


@pytest.mark.parametrize("as_date", [False, True])
def test_pause_asked_for(play, as_date):
    what = f"429 with Retry-After {'as a date' if as_date else 'in seconds'}"
    play(faults.pause_asked_for, what, f"{EQUAL}, no call before", seconds=20, as_date=as_date)


def test_pause_asked_of_all_at_once(play):
    play(faults.pause_asked_of_all_at_once, "429 for all shards at once", EQUAL, rounds=10)


def test_refused_items(play):
    play(refusals.refused_items, "single items refused", f"{EQUAL}, the reason kept", bad=100)


@pytest.mark.parametrize("whole_batch", [False, True])
def test_one_good_among_bad(play, whole_batch):
    what = f"100 bad and 1 good, {'the whole batch' if whole_batch else 'single items'} refused"
    play(
        refusals.one_good_among_bad,
        what,
        f"{EQUAL}, the good one there <= {refusals.BAR_GOOD} s",
        bad=100,
        whole_batch=whole_batch,
        limit=refusals.BAR_GOOD,
    )


def test_strange_answers(play):
    play(refusals.strange_answers, "answers that nobody expects", EQUAL, rounds=3)


def test_silence(play):
    play(refusals.silence, "nothing has changed", "no call but for what changes later")


def test_lost_answers(play):
    play(lost_answers.lost_answers, "answers lost", EQUAL, rounds=3)


def test_late_request(play):
    play(lost_answers.late_request, "an old request arrives last", EQUAL)


def test_late_commit(play):
    play(late_commit.late_commit, "a mark that commits late", EQUAL)


def test_lost_wake(play):
    play(wakes.lost_wake, "a wake-up lost with its process", EQUAL)


def test_dead_runner(play):
    bar = f"{EQUAL}, managers are told"
    play(wakes.dead_runner, "no job runner", bar, world={"workers": 2})


def test_killed_node(play):
    what, bar = "two nodes, the runner's process killed", f"{EQUAL}, pushing again <= 90 s"
    play(crashes.killed_node, what, bar, world={"nodes": 2}, limit=90)


def test_two_nodes_in_order(play):
    what = "two nodes flush 10,000 changes"
    bar = f"{EQUAL}, none out of order"
    play(people.two_nodes_in_order, what, bar, world={"nodes": 2}, changes=10_000)


def test_several_writers(play):
    bar = f"{EQUAL}, no write refused"
    play(people.several_writers, "four people at 25 products", bar, writers=4, rounds=200)


def test_many_sellers(play):
    what, bar = "twenty people sell one product", f"{EQUAL}, no conflict of ours"
    play(sellers.many_sellers, what, bar, sellers=20, sales=100)


def test_held_changes(play):
    what, bar = "prices that wait for a manager", f"{EQUAL}, one call of him"
    play(decisions.held_changes, what, bar, rounds=10, count=200)


def test_vanishing_products(play):
    play(people.vanishing_products, "products go before the flush", EQUAL)


def test_vanishing_connections(play):
    play(people.vanishing_connections, "connections go before the flush", EQUAL)


def test_meeting_identities(play):
    play(people.meeting_identities, "two products of one identity", EQUAL)


def test_inherited_identity(play):
    play(people.inherited_identity, "an identity passed on", EQUAL)

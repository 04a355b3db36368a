"""The outbound engine under trouble, in short: the same scenarios as `make chaos` plays at length.

Each ends with the same comparison: Cartona has what the test wrote to Odoo, nothing waits, no job
has failed.
"""

import pytest

from tests.chaos import (
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
from tests.chaos.apart import moved_apart

from . import worlds

stage, shared_world, play, play_alone = worlds.make_fixtures(products=200, seed=7)

# Of the first 30 calls one times out, one is reset and six get an error.
UNLUCKY = 341


def test_changes_get_through_a_bad_network_with_few_calls(play):
    play(faults.bad_network, count=100, batch=5, chance=UNLUCKY)


@pytest.mark.parametrize("as_date", [False, True])
def test_nobody_calls_before_the_pause_that_was_asked_for_is_over(play, as_date):
    play(faults.pause_asked_for, seconds=3, as_date=as_date)


def test_shards_that_are_told_to_wait_at_once_all_go_on_afterwards(play):
    play(faults.pause_asked_of_all_at_once, rounds=2)


def test_a_refused_item_says_why_and_is_not_sent_again_by_itself(play):
    play(refusals.refused_items, bad=10)


@pytest.mark.parametrize("whole_batch", [False, True])
def test_one_good_product_gets_through_among_bad_ones(play, whole_batch):
    play(refusals.one_good_among_bad, bad=20, whole_batch=whole_batch)


def test_values_count_as_sent_only_when_the_answer_says_so(play):
    play(refusals.strange_answers, rounds=1)


def test_nothing_is_sent_when_nothing_has_changed(play):
    play(refusals.silence)


def test_lost_answers_leave_both_sides_equal(play):
    play(lost_answers.lost_answers, rounds=1)


def test_a_late_old_request_does_not_win(play):
    play(lost_answers.late_request)


def test_a_killed_worker_loses_nothing(play):
    play(crashes.killed_workers, kills=1)


def test_a_crash_of_the_database_loses_nothing(play_alone, stage):
    # On a server of its own, because others may use the usual one.
    with moved_apart(stage) as apart:
        play_alone(crashes.restarted_database, apart, workers=0, times=1)


def test_a_first_sync_that_is_killed_goes_on_where_it_ended(play_alone, stage):
    play_alone(initial_sync.killed_initial_sync, stage, count=600)


def test_a_mark_that_commits_late_is_neither_lost_nor_forgotten(play):
    play(late_commit.late_commit)


def test_a_wake_up_lost_with_its_process_is_made_good_by_the_cron(play):
    play(wakes.lost_wake)


def test_the_cron_flushes_where_no_job_runner_does(play):
    play(wakes.dead_runner)


def test_two_nodes_send_nothing_out_of_order(play):
    play(people.two_nodes_in_order, nodes=2, changes=400)


def test_several_people_change_the_same_products_while_it_flushes(play):
    play(people.several_writers, writers=4, rounds=10)


def test_a_team_that_sells_one_product_never_collides_with_the_engine(play_alone, stage):
    play_alone(sellers.many_sellers, stage, sellers=8, sales=16)


def test_prices_that_wait_for_a_manager_call_him_once(play):
    play(decisions.held_changes, rounds=2, count=40)


def test_products_that_go_before_the_flush_go_over_there_too(play):
    play(people.vanishing_products)


def test_connections_that_go_take_their_marks_along(play):
    play(people.vanishing_connections)


def test_of_two_products_with_one_identity_the_elder_is_sent(play):
    play(people.meeting_identities)


def test_a_product_made_anew_under_an_old_identity_is_sold(play):
    play(people.inherited_identity)

# When to try again: Retry-After in both forms, and exponential waiting.
from datetime import datetime, timezone

from odoo.tests.common import BaseCase, tagged

from ..const import STATE_TRANSITIONS
from ..utils.backoff import backoff_delay, parse_retry_after
from ..utils.transitions import may_follow

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)


@tagged("post_install", "-at_install")
class TestBackoff(BaseCase):
    def test_retry_after_is_read_in_seconds(self):
        self.assertEqual(parse_retry_after("17"), 17)
        self.assertEqual(parse_retry_after(" 0 "), 0)

    def test_retry_after_is_read_as_a_date(self):
        self.assertEqual(parse_retry_after("Sun, 01 Mar 2026 12:00:30 GMT", NOON), 30)
        self.assertEqual(parse_retry_after("Sun, 01 Mar 2026 11:00:00 GMT", NOON), 0)

    def test_retry_after_is_never_longer_than_a_day(self):
        self.assertEqual(parse_retry_after("99999999999"), 24 * 3600)
        self.assertEqual(parse_retry_after("Mon, 01 Mar 2027 12:00:00 GMT", NOON), 24 * 3600)

    def test_nonsense_in_retry_after_says_nothing(self):
        for value in (None, "", "soon", "-5", "1.5", "٣", "Sun, 99 Foo"):
            self.assertIsNone(parse_retry_after(value), value)

    def test_waiting_doubles_up_to_the_ceiling(self):
        longest = [backoff_delay(n, 1, 60, rand=lambda: 1.0) for n in (1, 2, 3, 6, 7, 500)]
        self.assertEqual(longest, [1, 2, 4, 32, 60, 60])

    def test_waiting_is_spread_over_the_upper_half(self):
        self.assertEqual(backoff_delay(3, 1, 60, rand=lambda: 0.0), 2)
        self.assertEqual(backoff_delay(3, 1, 60, rand=lambda: 0.5), 3)

    def test_only_listed_transitions_are_allowed(self):
        self.assertTrue(may_follow(STATE_TRANSITIONS, "draft", "connected"))
        self.assertTrue(may_follow(STATE_TRANSITIONS, "live", "live"))
        self.assertFalse(may_follow(STATE_TRANSITIONS, "draft", "live"))
        self.assertFalse(may_follow(STATE_TRANSITIONS, "draft", "paused"))
        self.assertFalse(may_follow(STATE_TRANSITIONS, "gone", "live"))

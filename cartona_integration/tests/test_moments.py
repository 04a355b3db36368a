# Days and times as marketplaces write them, and as they do not.
from datetime import date, datetime, timedelta, timezone

from odoo.tests import BaseCase

from ..utils.moments import read_moment

CAIRO_SUMMER = timezone(timedelta(hours=3))
READABLE = {
    "2026-12-01": date(2026, 12, 1),
    " 2026/12/1 ": date(2026, 12, 1),
    "01/12/2026": date(2026, 12, 1),
    "1-12-2026": date(2026, 12, 1),
    "٢٠٢٦-١٢-٠١": date(2026, 12, 1),
    "2028-02-29": date(2028, 2, 29),
    "2026-12-01T10:30": datetime(2026, 12, 1, 10, 30),
    "2026-12-01 10:30:59": datetime(2026, 12, 1, 10, 30, 59),
    "2026-12-01T10:30:59.123456Z": datetime(2026, 12, 1, 10, 30, 59, tzinfo=timezone.utc),
    "2026-12-01 10:30:00 UTC": datetime(2026, 12, 1, 10, 30, tzinfo=timezone.utc),
    "2026-07-01T10:30:00+03:00": datetime(2026, 7, 1, 10, 30, tzinfo=CAIRO_SUMMER),
    "2026-07-01 10:30:00 +0300": datetime(2026, 7, 1, 10, 30, tzinfo=CAIRO_SUMMER),
    "2026-07-01T10:30+03": datetime(2026, 7, 1, 10, 30, tzinfo=CAIRO_SUMMER),
    "2026-07-01T10:30:00-00:30": datetime(
        2026, 7, 1, 10, 30, tzinfo=timezone(-timedelta(minutes=30))
    ),
}
UNREADABLE = (
    "",
    "soon",
    "غدا بعد الظهر",
    "2026-02-29",
    "2026-13-01",
    "12/31/2026",
    "0000-00-00",
    "1999-12-31",
    "2101-01-01",
    "9999999999",
    "1764547200",
    "2026-12-01T25:00",
    "2026-12-01T10:30:00+99:00",
    "2026-12-01 or later",
    "²⁰²⁶-12-01",
)


class TestMoments(BaseCase):
    def test_what_can_be_read(self):
        for text, moment in READABLE.items():
            with self.subTest(text):
                self.assertEqual(read_moment(text), moment)

    def test_what_nobody_can_read_is_no_moment(self):
        for text in UNREADABLE:
            with self.subTest(text):
                self.assertIsNone(read_moment(text))

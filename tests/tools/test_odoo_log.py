"""Odoo's log decides whether a run was good: a warning fails it, Odoo's own known ones don't."""

from tools.odoo_log import Reader

HEAD = "2026-01-31 12:00:00,123 42"
GOOD = f"{HEAD} INFO db odoo.modules.loading: Modules loaded.\n"
WARNING = f"{HEAD} WARNING db odoo.addons.cartona_integration: no label\n"
ERROR = f"{HEAD} ERROR db odoo.http: Exception\n"
TRACEBACK = "Traceback (most recent call last):\n", "ValueError: no such thing\n"
KNOWN = f"{HEAD} WARNING db py.warnings: /venv/site-packages/old.py:1: DeprecationWarning: x\n"
RESULT = f"{HEAD} ERROR db odoo.tests.result: 1 failed, 2 error(s) of 30 tests when loading\n"


def read(*lines):
    reader = Reader()
    for line in lines:
        reader(line)
    return reader


def test_a_quiet_log_has_no_problems():
    assert read(GOOD, GOOD).problems == []


def test_a_warning_is_a_problem():
    assert read(GOOD, WARNING, GOOD).problems == [WARNING]


def test_a_traceback_belongs_to_its_error_and_ends_in_the_cause():
    reader = read(ERROR, *TRACEBACK, GOOD)
    assert reader.problems == [ERROR + "".join(TRACEBACK)]
    assert reader.cause() == "ValueError: no such thing"


def test_a_known_warning_of_odoos_own_is_none_with_all_that_belongs_to_it():
    assert read(KNOWN, "  File old.py\n", GOOD).problems == []


def test_a_warning_is_not_an_error():
    reader = read(WARNING)
    assert (reader.errors, reader.cause()) == ([], "")


def test_the_same_problem_at_another_time_is_the_same():
    later = WARNING.replace("12:00:00,123 42", "12:00:09,999 43")
    assert list(read(WARNING, later).distinct().values()) == [2]


def test_the_result_is_read_from_odoos_closing_line():
    assert read(RESULT).results == [{"failed": 1, "errors": 2, "total": 30}]

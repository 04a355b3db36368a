"""The bars that `make bench` measures against are the numbers that docs/promises.md promises."""

import re
from itertools import groupby
from pathlib import Path

import pytest

from tests.bench import bars

TABLE = Path(__file__).parents[2] / "docs" / "promises.md"
NUMBER = re.compile(r"([≤≥]) ([\d.]+)")
ROWS = {name: list(group) for name, group in groupby(bars.ALL, key=lambda bar: bar.row)}


def cells(beginning):
    """:return: the promise and the number of the one row that begins so"""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    [row] = [line for line in lines if line.startswith(f"| {beginning}")]
    _before, promise, number, _after = row.split("|")
    return promise.strip(), number.strip()


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_measured_against_all_its_numbers_and_no_others(row):
    promised = [(sign, float(number)) for sign, number in NUMBER.findall(cells(row)[1])]
    measured = [(bar.sign, float(bar.number)) for bar in ROWS[row] if bar.number is not None]
    assert [pair for pair, _same in groupby(measured)] == promised


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (bars.CONFIRM.row, f"≥ {bars.PAIRS} interleaved pairs"),
        (bars.CALLS.row, f"{bars.BURST:,} prices"),
        (bars.SWEPT.row, f"{bars.LISTINGS:,} listings"),
        (bars.ANSWER.row, f"{bars.REQUESTS} requests/s"),
        (bars.TAKE_IN.row, f"order of {bars.ORDER_LINES} lines"),
    ],
)
def test_as_much_is_measured_as_is_promised(row, text):
    assert text in cells(row)[0]


def test_the_cost_is_measured_with_as_many_products_as_promised():
    assert f"{bars.IN_ONE_GO:,}-product write and import" in cells(bars.WRITE.row)[1]


def test_the_number_of_calls_is_promised_too():
    assert "calls = ceil(n / batch)" in cells(bars.CALLS.row)[1]


def test_orders_arrive_as_fast_as_promised():
    assert f"at {bars.ORDERS} orders/s" in cells(bars.TAKEN_IN.row)[1]

"""The bars: what docs/promises.md says, as numbers to measure against.

Used by tests/bench; tests/arch/test_promises.py compares them with that table.
"""

from dataclasses import dataclass

# How many pairs, products and listings a row's first cell speaks of.
PAIRS = 30
BURST = 10_000
LISTINGS = 100_000
IN_ONE_GO = 1_000
# Of webhooks: all of them, and the new orders among them, a second.
REQUESTS = 50
ORDERS = 5
ORDER_LINES = 5
ORDER_PAIRS = 60


@dataclass(frozen=True)
class Bar:
    """One number of a row. :param sign: ≤ or ≥ as in the table; = where a formula gives it"""

    row: str
    what: str
    sign: str
    number: float | None
    unit: str

    def holds(self, measured, expected=None):
        number = expected if self.number is None else self.number
        return {
            "≤": measured <= number,
            "≥": measured >= number,
            "=": measured == number,
        }[self.sign]


def _row(beginning, *bars):
    return [Bar(beginning, *bar) for bar in bars]


CONFIRM, VALIDATE, WRITE, IMPORT, ONE_PRICE = COST = _row(
    "what the addon costs",
    ("confirming an order", "≤", 1.10, "×"),
    ("validating a transfer", "≤", 1.10, "×"),
    ("writing 1,000 prices", "≤", 1.10, "×"),
    ("importing 1,000 prices", "≤", 1.10, "×"),
    ("writing one price", "≤", 1.25, "×"),
)
P50, P99, EMPTY_JOB = LATENCY = _row(
    "commit → the marketplace has it",
    ("p50", "≤", 0.05, "s"),
    ("p99", "≤", 0.25, "s"),
    ("against an empty job", "≤", 3, "×"),
)
ALL_THERE, ALL_THERE_BY_RULES, CALLS, FASTER = BURST_BARS = _row(
    "10,000 prices changed",
    ("all there", "≤", 5, "s"),
    ("all there, a rule a product", "≤", 10, "s"),
    ("calls", "=", None, ""),
    ("faster than a job a product", "≥", 20, "×"),
)
SWEPT, LONGEST_JOB, MEMORY = SWEEP = _row(
    "100,000 listings swept",
    ("all of it", "≤", 120, "s"),
    ("the longest job", "≤", 20, "s"),
    ("a worker's memory", "≤", 200, "MB"),
)
ANSWER, BARE_ROUTE = WEBHOOK = _row(
    "webhook answer under 50 requests/s",
    ("p99", "≤", 150, "ms"),
    ("against a bare route", "≤", 2, "×"),
)
TAKE_IN, TAKEN_IN = ORDER = _row(
    "order of 5 lines",
    ("importing against creating", "≤", 1.3, "×"),
    ("webhook → order, p99", "≤", 5, "s"),
)
ALL = [*COST, *LATENCY, *BURST_BARS, *SWEEP, *WEBHOOK, *ORDER]

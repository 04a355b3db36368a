"""How soon the marketplace has a price that was saved, when nothing else goes on.

An empty job is measured in between, from its commit until it begins: what no addon can beat.
"""

import time

from . import bars
from .report import Figure
from .stats import percentile
from .waiting import until

SAMPLES = 250
JOB = "SELECT result FROM queue_job WHERE method_name = '_job_empty' AND state = 'done'"


def price_takes(shop, number):
    """:return: seconds from the commit until the request is at the marketplace"""
    template = shop.templates[number]
    seen = shop.sandbox.last_seq()
    committed = shop.set_price([template], 2000 + number)
    shop.settle()
    [call, *others] = shop.sandbox.journal(since=seen, path="bulk-update", bodies=False)
    assert not others and str(shop.variants[number]) in call["items"]
    return call["arrived"] - committed


def empty_job_takes(shop):
    """:return: seconds from the commit until the job begins"""
    shop.db.run("DELETE FROM queue_job WHERE method_name = '_job_empty'")
    committed = shop.timed("bench.probe", [], "delay_empty_job")
    [began] = until(lambda: shop.db.column(JOB), 30, "an empty job")
    shop.settle()
    return float(began) - committed


def test_a_saved_price_is_on_the_marketplace_at_once(shop, report):
    prices, jobs = [], []
    started = time.monotonic()
    for number in range(SAMPLES):
        shop.settle()
        prices.append(price_takes(shop, number))
        jobs.append(empty_job_takes(shop))
    report.remark(
        f"latency: an empty job p50 {percentile(jobs, 50):.4f} s, p99 {percentile(jobs, 99):.4f} s"
        f" ({SAMPLES} of each in {time.monotonic() - started:.0f} s)"
    )
    report(
        Figure(bars.P50, percentile(prices, 50), samples=prices),
        Figure(bars.P99, percentile(prices, 99)),
        Figure(bars.EMPTY_JOB, percentile(prices, 50) / percentile(jobs, 50), samples=jobs),
    )

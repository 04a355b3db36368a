"""Random bodies against the real webhooks: no 5xx, nothing kept without the secret, no memory kept
either; and what was kept can all be dealt with. Short in tests/e2e, long in `make chaos`.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tools.rpc import Rpc
from tools.stack import OdooServer

from .waiting import wait_until
from .webhook_bodies import SECRET, requests
from .webhooks import post

BAR_MEMORY = 32  # MiB that a worker may have grown by, once it is warm
WORKERS, SENDERS, AT_ONCE = 2, 4, 20
REFUSALS = {400, 401, 411, 413, 415, 429}
DEALT_WITH = 2_000  # so many of what was kept are dealt with at the end
COUNT = "SELECT count(*) FROM marketplace_inbox"
# Whatever the code had no better word for: nobody has thought of it.
UNTHOUGHT = (
    "SELECT DISTINCT cause_code || ': ' || coalesce(cause_detail, '') FROM marketplace_inbox"
    " WHERE cause_code IN ('unexpected_event', 'crashed', 'refused_by_odoo')"
)
OPEN = (
    "SELECT coalesce(attempts, 0) || ' attempts, due ' || due || ': ' || left(payload, 300)"
    " FROM marketplace_inbox WHERE state = 'received' ORDER BY id LIMIT 5"
)
FAILED = "SELECT exc_info FROM queue_job WHERE state = 'failed'"


def play(installation, database, bodies, figures=None, chance=None):
    """Send so many random bodies to a prefork server, and look at what came of it."""
    figures = {} if figures is None else figures
    chance = random.Random(7) if chance is None else chance
    server = OdooServer(
        installation,
        database,
        workers=WORKERS,
        name="webhook-fuzz",
        # no worker is replaced meanwhile: what it keeps would go with it
        options=["--limit-request=1000000000", "--max-cron-threads=0"],
    )
    with server as odoo:
        rpc = Rpc(odoo.url, database)
        config = _connect(rpc)
        [row] = rpc.call("marketplace.config", "read", [config], ["endpoint_key"])
        fuzz = Fuzz(odoo, row["endpoint_key"])
        fuzz.send(bodies // 4, chance.randrange(10**6))
        warm = fuzz.memory()
        fuzz.send(bodies - bodies // 4, chance.randrange(10**6))
        grown = max(now - warm[pid] for pid, now in fuzz.memory().items() if pid in warm)
        figures |= fuzz.get_figures() | {"MiB grown": grown}
        kept = int(installation.server.sql(COUNT, database)[0])
        assert kept == fuzz.received, f"{kept} rows, {fuzz.received} were answered for"
        assert grown <= BAR_MEMORY, f"a worker grew by {grown} MiB"
        log = odoo.process.log.read_text()
        assert SECRET not in log and "Traceback" not in log
        _deal_with_the_rest(installation, database, rpc, config)


def _connect(rpc):
    return rpc.call(
        "marketplace.config",
        "create",
        {
            "name": "Fuzz",
            # nobody answers there, which is no reason to pause
            "api_base_url": "https://marketplace.invalid/api/",
            "auth_token": "tok-of-nobody",
            "webhook_token": SECRET,
            "deployment": "supplier",
        },
    )


class Fuzz:
    """Sends bodies side by side, and keeps account of the answers."""

    def __init__(self, odoo, key):
        self._odoo = odoo
        self._key = key
        self._answers = Counter()
        self.received = 0

    def send(self, count, number):
        with ThreadPoolExecutor(SENDERS) as pool:

            @seed(number)
            @settings(
                max_examples=-(-count // AT_ONCE),
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(st.lists(requests(), min_size=AT_ONCE, max_size=AT_ONCE))
            def send_some(some):
                for sent, answer in zip(some, pool.map(self._post, some), strict=True):
                    self._judge(sent, answer)

            send_some()

    def _post(self, request):
        body, path, secret, headers = request
        path = path.replace("KEY", self._key)
        return post(self._odoo.port, body, path=path, secret=secret, **headers)

    def _judge(self, sent, answer):
        self._answers[answer.status] += 1
        if answer.status == 200:
            assert sent[2] == SECRET, sent
            self.received += answer.content["received"]
        else:
            assert answer.status in REFUSALS, (answer, sent)
            assert answer.content["error"]["message"], (answer, sent)

    def memory(self):
        """MiB of each of the server's processes that are still the same."""
        return {pid: _resident(pid) for pid in self._odoo.worker_pids()}

    def get_figures(self):
        return {
            "bodies": self._answers.total(),
            "kept": self.received,
            **{str(status): count for status, count in sorted(self._answers.items())},
        }


def _resident(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    raise AssertionError(f"{pid} has no memory")


def _deal_with_the_rest(installation, database, rpc, config):
    """Go live, and have the jobs take in what was kept: all of it has an end, with a reason."""

    def sql(statement):
        return installation.server.sql(statement, database)

    sql(
        "DELETE FROM marketplace_inbox WHERE id NOT IN"
        f" (SELECT id FROM marketplace_inbox ORDER BY random() LIMIT {DEALT_WITH})"
    )
    # the button would want a marketplace that answers
    sql(f"UPDATE marketplace_config SET state = 'live' WHERE id = {config}")
    cron = rpc.record("cartona_integration.cron_wake")

    def is_over():
        rpc.call("ir.cron", "method_direct_trigger", [cron])
        return not sql(OPEN)

    wait_until(is_over, within=300, what=lambda: f"{sql(OPEN)} dealt with", step=1)
    assert sql(UNTHOUGHT) == []
    assert sql(FAILED) == []

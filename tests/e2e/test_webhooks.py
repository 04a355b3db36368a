"""Webhooks over real HTTP: how they find their database, what they say while it is away, and what a
sender can't do with lengths and pieces.
"""

import os
import socket
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.chaos import webhook_fuzz
from tests.chaos.apart import installation_apart
from tests.chaos.webhooks import ask, head, post, send
from tools import ownership, template
from tools.paths import LOCAL
from tools.rpc import Rpc
from tools.stack import OdooServer

from .waiting import wait_until

ORDER = {"hashed_id": "ord-1", "status": "pending"}
ROWS = "SELECT remote_id FROM marketplace_inbox ORDER BY id"
MEGABYTE = 1024 * 1024


def connect(rpc, secret):
    """A connection with this webhook secret. :return: its id"""
    return rpc.call(
        "marketplace.config",
        "create",
        {
            "name": secret,
            "api_base_url": "https://shop.example.com/api/",
            "webhook_token": secret,
        },
    )


@pytest.fixture
def second_database(installation, with_addon):
    name = ownership.name_for_run(installation.server, "e2e", "second")
    template.copy_database(installation, with_addon, name)
    yield name
    template.drop_database(installation, name)


@contextmanager
def server_of(installation, databases, *options):
    """A server that knows several databases. :return: the server, with a connection in each"""
    names = ",".join(databases)
    with OdooServer(installation, names, name="e2e-several", options=options) as server:
        for name in databases:
            connect(Rpc(server.url, name), f"secret-of-{name}")
        yield server


def test_with_several_databases_and_no_filter_a_webhook_is_told_to_come_back(
    installation, database, second_database
):
    with server_of(installation, [database, second_database]) as server:
        for asked in (
            post(server.port, ORDER, secret=f"secret-of-{database}"),
            ask(server.port, secret=f"secret-of-{database}"),
            ask(server.port),
        ):
            assert (asked.status, asked.code) == (503, "no_database")
            assert int(asked.headers["retry-after"]) > 0
        check_named_database(installation, server, database)
        rpc = Rpc(server.url, database)
        [config] = rpc.call("marketplace.config", "search", [("name", "like", "secret-of-")])
        rpc.call("ir.config_parameter", "set_param", "web.base.url", server.url)
        answer = rpc.call("marketplace.config", "action_send_test_webhook", [config])
        assert "dbfilter" in answer["params"]["message"]
    assert installation.server.sql(ROWS, second_database) == []


def check_named_database(installation, server, database):
    """From 19.0 on a header may say which one is meant; before, nobody listens to it."""
    named = {"secret": f"secret-of-{database}", "X_Odoo_Database": database}
    answer = post(server.port, ORDER, **named)
    is_heard = installation.odoo.series == "19.0"
    assert answer.status == (200 if is_heard else 503)
    assert installation.server.sql(ROWS, database) == (["ord-1"] if is_heard else [])


def test_with_dbfilter_the_host_s_name_leads_to_the_database(
    installation, database, second_database
):
    both = [database, second_database]
    with server_of(installation, both, "--db-filter=^%d$") as server:
        for number, name in enumerate(both):
            order = {"hashed_id": f"ord-{number}"}
            host = f"{name}.localhost:{server.port}"
            other = both[1 - number]
            assert post(server.port, order, host=host, secret=f"secret-of-{name}").status == 200
            refused = post(server.port, order, host=host, secret=f"secret-of-{other}")
            assert (refused.status, refused.code) == (401, "wrong_secret")
        nobody = post(server.port, ORDER, host="nobody.localhost", secret=f"secret-of-{database}")
        assert (nobody.status, nobody.code) == (503, "no_database")
    assert installation.server.sql(ROWS, database) == ["ord-0"]
    assert installation.server.sql(ROWS, second_database) == ["ord-1"]


def test_a_database_without_the_addon_takes_nothing(installation, bare_database):
    with OdooServer(installation, bare_database, name="e2e-bare") as server:
        refused = post(server.port, ORDER, secret="any")
        assert (refused.status, refused.code) == (404, "not_installed")


@contextmanager
def database_apart(installation, source):
    """A copy of a database on a PostgreSQL of its own. :return: (installation, its name)"""
    name, dump = f"cartona_e2e_{os.getpid()}_apart", LOCAL / f"e2e-apart-{os.getpid()}.dump"
    with installation_apart(installation) as apart:
        installation.server.dump(source, dump)
        try:
            apart.server.create(name)
            apart.server.restore(name, dump)
            yield apart, name
        finally:
            apart.server.drop(name)
            dump.unlink()


# Without PostgreSQL a cron worker ends, and 19.0's main process with it, because it can't start
# another one; whatever starts Odoo starts it again.
PREFORK = ["--workers=2", "--max-cron-threads=0"]


@pytest.mark.parametrize("options", [PREFORK, ["--workers=0", "--db-filter=^%d$"]])
def test_while_postgresql_is_away_a_webhook_is_told_to_come_back(installation, with_addon, options):
    with (
        database_apart(installation, with_addon) as (apart, name),
        OdooServer(apart, name, name="e2e-away", options=options) as server,
    ):
        connect(Rpc(server.url, name), "secret")
        sender = {"secret": "secret", "host": f"{name}.localhost:{server.port}"}
        assert post(server.port, ORDER, **sender).status == 200
        apart.server.stop("immediate")
        for _again in range(3):
            refused = post(server.port, ORDER, **sender)
            assert (refused.status, refused.code) == (503, "no_database")
            assert int(refused.headers["retry-after"]) > 0
            assert ask(server.port, **sender).status == 503
        apart.server.start()
        wait_until(lambda: post(server.port, ORDER, **sender).status == 200)
        assert set(apart.server.sql(ROWS, name)) == {"ord-1"}


@pytest.fixture
def sender(odoo):
    """The port of a running Odoo with a connection whose secret is "secret"."""
    connect(Rpc(odoo.url, odoo.database), "secret")
    return odoo.port


def test_a_test_webhook_finds_its_way_home(odoo):
    rpc = Rpc(odoo.url, odoo.database)
    config = connect(rpc, "secret")
    rpc.call("ir.config_parameter", "set_param", "web.base.url", odoo.url)
    answer = rpc.call("marketplace.config", "action_send_test_webhook", [config])
    assert answer["params"]["type"] == "success", answer


def test_tricks_with_lengths_and_pieces_are_refused_and_nothing_is_kept(installation, odoo, sender):
    body = b'{"hashed_id": "ord-1"}'
    chunked = b"16\r\n" + body + b"\r\n0\r\n\r\n"
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    for headers, content, status, code in (
        ({}, b"", 411, "no_length"),
        ({"Transfer_Encoding": "chunked"}, chunked, 411, "no_length"),
        ({"Transfer_Encoding": "chunked", **form}, chunked, 411, "no_length"),
        ({"Transfer_Encoding": "chunked", "Content_Length": "22"}, chunked, 411, "no_length"),
        ({"Content_Length": ""}, body, 411, "no_length"),
        ({"Content_Length": "-1"}, body, 400, "bad_length"),
        ({"Content_Length": "+22"}, body, 400, "bad_length"),
        ({"Content_Length": "twenty"}, body, 400, "bad_length"),
        ({"Content_Length": "22, 22"}, body, 400, "bad_length"),
        ({"Content_Length": "9" * 40}, body, 400, "bad_length"),
        ({"Content_Length": "0"}, b"", 400, "not_json"),
        ({"Content_Length": str(100 * MEGABYTE)}, body, 413, "too_large"),
        ({"Content_Length": str(100 * MEGABYTE), **form}, body, 413, "too_large"),
        ({"Content_Length": "21"}, body, 400, "not_json"),
    ):
        answer = send(sender, head(secret="secret", **headers), content)
        assert (answer.status, answer.code) == (status, code), headers
    assert installation.server.sql(ROWS, odoo.database) == []


def test_a_sender_who_goes_away_half_way_leaves_nothing(installation, odoo, sender):
    with socket.create_connection(("127.0.0.1", sender)) as connection:
        connection.sendall(
            head(secret="secret", Content_Length="5000") + b'\r\n\r\n{"hashed_id": "h'
        )
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65536).split()[1] == b"400"
    assert post(sender, ORDER, secret="secret").status == 200
    assert installation.server.sql(ROWS, odoo.database) == ["ord-1"]


def test_a_hundred_megabytes_do_not_stay_in_memory(odoo, sender):
    ways = ({"Content_Length": str(100 * MEGABYTE)}, {"Transfer_Encoding": "chunked"})
    post(sender, ORDER, secret="secret")
    for headers in ways:  # what a first time needs is no growth
        pour(sender, head(secret="secret", **headers), megabytes=1)
    before = peak(odoo.process.pid)
    for headers in ways:
        pour(sender, head(secret="secret", **headers), megabytes=100)
    assert peak(odoo.process.pid) - before < 20 * 1024
    assert post(sender, ORDER, secret="secret").status == 200


def pour(port, first, megabytes):
    """Send as much as the server takes."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        try:
            connection.sendall(first + b"\r\n\r\n")
            for _megabyte in range(megabytes):
                connection.sendall(b"100000\r\n" + b" " * MEGABYTE + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            return


def peak(pid):
    """The most memory that a process has had, in KiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    raise AssertionError(pid)


def test_random_bodies_get_an_answer_and_leave_nothing_behind(installation, database):
    webhook_fuzz.play(installation, database, bodies=2_000)

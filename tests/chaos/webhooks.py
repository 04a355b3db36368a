"""Posts to Odoo's webhooks over sockets of its own, as well-behaved as a test wants it to be.

Used by webhook_fuzz.py and by e2e/test_webhooks.py.
"""

import json
import socket
from dataclasses import dataclass

from tools.stack import WEBHOOKS

TIMEOUT = 60  # seconds


@dataclass
class Answer:
    status: int
    headers: dict
    content: object

    @property
    def code(self):
        """The word by which a refusal says what is wrong."""
        return self.content["error"]["code"]


def send(port, head, body=b""):
    """Send the bytes of a request, and read until the server closes.

    :param head: the request line and the headers, without the blank line
    """
    with socket.create_connection(("127.0.0.1", port), TIMEOUT) as connection:
        connection.sendall(head + b"\r\n\r\n" + body)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return read_answer(received)


def read_answer(received):
    received = received.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    is_json = headers.get("content-type", "").startswith("application/json")
    return Answer(int(first.split()[1]), headers, json.loads(body) if is_json else body)


def head(path="orders", secret=None, host="localhost", method="POST", root=WEBHOOKS, **headers):
    """:param headers: further ones, with _ for -; bytes or text"""
    named = {"Host": host, "Connection": "close"}
    if secret is not None:
        named["AuthorizationToken"] = secret
    if method == "POST":
        named["Content-Type"] = "application/json"
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {root}/{path} HTTP/1.1".encode()]
    for name, value in named.items():
        lines.append(
            name.encode() + b": " + (value if isinstance(value, bytes) else value.encode())
        )
    return b"\r\n".join(lines)


def post(port, content, **options):
    """Post bytes, or what is sent as JSON, with its length."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return send(port, head(**{"Content_Length": str(len(body)), **options}), body)


def ask(port, path="test", **options):
    return send(port, head(path, method="GET", **options))

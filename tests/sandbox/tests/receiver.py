"""A small stand-in for Odoo's webhooks: remembers what arrives, answers what it is told."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """What arrived, and the answers still to give (200 when there are none left)."""

    def __init__(self):
        self.arrived = []
        self.answers = []
        self._changed = threading.Condition()

    def take(self, path, headers, body) -> int:
        with self._changed:
            self.arrived.append((path, headers, body))
            self._changed.notify_all()
            return self.answers.pop(0) if self.answers else 200

    def wait_for(self, number: int) -> list:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.arrived) >= number, timeout=10)
            return list(self.arrived)


@contextmanager
def listening():
    """A receiver on a free port: gives back (base URL, receiver)."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(receiver.take(self.path, self.headers, body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            """Stay quiet: pytest shows what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

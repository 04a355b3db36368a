# A marketplace made of real sockets for the addon's own tests: it answers what a test tells it
# to, and keeps what it was asked. The whole contract is played by tests/sandbox, not here.
import json
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PRODUCT_PAGE = [{"supplier_product_id": 7, "internal_product_id": "479", "selling_price": 12.5}]


class Reply:
    """One scripted answer; the ways to misbehave are its parameters."""

    def __init__(self, body=b"", status=200, headers=None, fault=None):
        is_raw = isinstance(body, bytes)
        self.body = body if is_raw else json.dumps(body, ensure_ascii=False).encode()
        self.status = status
        self.headers = {"Content-Type": "application/json"} | (headers or {})
        self.fault = fault


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.server.seen.append(
            {
                "method": self.command,
                "path": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": self.rfile.read(length),
            }
        )
        reply = self.server.replies.pop(0) if self.server.replies else None
        reply = reply or self.server.decide(self.server.seen[-1]) or self.server.default
        getattr(self, f"_fault_{reply.fault}" if reply.fault else "_answer")(reply)

    do_GET = do_POST = _serve

    def _answer(self, reply):
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def _fault_silence(self, _reply):
        self.server.stopping.wait(30)
        self.close_connection = True

    def _fault_drip(self, reply):
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        while not self.server.stopping.wait(0.2):
            try:
                self.wfile.write(b" ")
            except OSError:
                break
        self.close_connection = True

    def _fault_cut(self, reply):
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply.body) + 100))
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = True

    def _fault_reset(self, _reply):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def finish(self):
        if not self.wfile.closed and self.connection.fileno() >= 0:
            return super().finish()
        return None

    def log_message(self, *_args):
        """Tests read `seen` instead of a log on the terminal."""


class StubMarketplace:
    """Starts the server for a test class or a test and stops it afterwards."""

    def __init__(self, case, ssl_context=None):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.replies = []
        self._server.seen = []
        self._server.default = Reply(PRODUCT_PAGE)
        self._server.decide = lambda request: None
        self._server.stopping = threading.Event()
        if ssl_context:
            self._server.socket = ssl_context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        case.addCleanup(self.stop)

    @property
    def port(self):
        return self._server.server_address[1]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/api/v1/"

    @property
    def seen(self):
        """The requests so far, oldest first."""
        return self._server.seen

    def answer_always(self, reply):
        """What it says when nothing else is scripted."""
        self._server.default = reply

    def decide(self, function):
        """Let a function of the request choose the reply; None is the usual one."""
        self._server.decide = function

    def will_answer(self, *replies):
        """Script the next answers; after them it is friendly again."""
        self._server.replies[:] = replies

    def stop(self):
        self._server.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def unused_port():
    """A port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

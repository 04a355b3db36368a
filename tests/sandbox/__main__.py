"""Starts the sandbox: python -m tests.sandbox --port 8070. Used by people, tests and compose."""

import argparse
import asyncio
import socket
import sys
from contextlib import suppress

import uvicorn

from .app import build
from .transport import OpenTransportProtocol
from .webhooks import WebhookConfig
from .world import DEFAULT_TOKEN, World


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8070, help="0: any free port")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the supplier account's token")
    parser.add_argument("--seed", choices=("demo", "empty"), default="demo")
    parser.add_argument("--odoo-webhook", default="", help="Odoo's address, for webhooks")
    parser.add_argument("--webhook-token", default="", help="sent to Odoo with each webhook")
    parser.add_argument("--webhook-signing-secret", default="", help="sign webhooks with it")
    parser.add_argument("--auto-create", action="store_true", help="start with this setting on")
    return parser.parse_args()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol named, asyncio leaves Nagle on: 40 ms for every answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        sys.exit(f"The sandbox can't listen on {host}:{port}: {error.strerror}. Try --port.")
    return listener


async def _serve(server: uvicorn.Server, listener: socket.socket, seed: str) -> None:
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if server.started:
        host, port = listener.getsockname()[:2]
        print(f"Cartona sandbox ready: http://{host}:{port}/ (seed {seed})", flush=True)
    await serving


def main() -> None:
    options = _options()
    webhooks = WebhookConfig(
        base_url=options.odoo_webhook,
        token=options.webhook_token,
        signing_secret=options.webhook_signing_secret,
    )
    world = World(options.seed, options.token, webhooks, {"auto_create": options.auto_create})
    config = uvicorn.Config(
        build(world),
        http=OpenTransportProtocol,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    listener = _bind(options.host, options.port)
    # Ctrl-C is the ordinary way to end it.
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(uvicorn.Server(config), listener, options.seed))


if __name__ == "__main__":
    main()

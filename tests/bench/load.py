"""Sends requests at given moments, whatever becomes of those before, and notes how long each took.

A program of its own, so that it competes with nothing but the machine: it reads the plan from its
input, a JSON line for each request, and writes what it saw as JSON. Started by test_webhook.py.
"""

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit

PATIENCE = 60


def encode(request):
    """:return: (host, port, the request's bytes), made ready before anybody looks at a clock"""
    url = urlsplit(request["url"])
    body = request["body"].encode()
    headers = {"Host": url.netloc, "Connection": "close", "Content-Length": len(body)}
    lines = [f"POST {url.path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (headers | request["headers"]).items()]
    return url.hostname, url.port, "\r\n".join([*lines, "", ""]).encode() + body


async def post(host, port, data):
    """:return: the status. Nobody waits for a free connection: requests arrive when they arrive."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(data)
        answer = await reader.read()
    finally:
        writer.close()
    return int(answer.split(b" ", 2)[1])


async def send(begin, request):
    """:return: what came of one request: when it was sent (Unix time), seconds, status"""
    arguments = encode(request)
    planned = begin + request["at"]
    await asyncio.sleep(planned - time.monotonic())
    sent = time.time()
    try:
        status = await asyncio.wait_for(post(*arguments), PATIENCE)
    except (OSError, TimeoutError, IndexError, ValueError) as error:
        status = type(error).__name__
    # from the moment planned, so that a late start is not forgotten
    took = time.monotonic() - planned
    return {"name": request["name"], "key": request["key"], "sent": sent, "took": took} | {
        "status": status
    }


async def main(requests):
    begin = time.monotonic() + 1
    return await asyncio.gather(*(send(begin, one) for one in requests))


if __name__ == "__main__":
    plan = [json.loads(line) for line in sys.stdin]
    json.dump(asyncio.run(main(plan)), sys.stdout)

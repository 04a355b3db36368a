"""Sends requests at given moments, whatever becomes of those before, and notes how long each took.

A program of its own, so that it competes with nothing but the machine: it reads the plan from its
input, a JSON line for each request, and writes what it saw as JSON. Started by test_webhook.py.
"""

import asyncio
import json
import sys
import time

import httpx

PATIENCE = 60
# Nobody waits for a free connection: requests arrive when they arrive.
LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=0)


async def send(client, begin, request):
    """:return: what came of one request: when it was sent (Unix time), seconds, status"""
    await asyncio.sleep(begin + request["at"] - time.monotonic())
    planned = begin + request["at"]
    sent = time.time()
    try:
        answer = await client.post(
            request["url"], content=request["body"], headers=request["headers"]
        )
        status = answer.status_code
    except httpx.HTTPError as error:
        status = type(error).__name__
    # from the moment planned, so that a late start is not forgotten
    took = time.monotonic() - planned
    return {"name": request["name"], "key": request["key"], "sent": sent, "took": took} | {
        "status": status
    }


async def main(requests):
    async with httpx.AsyncClient(timeout=PATIENCE, limits=LIMITS, trust_env=False) as client:
        begin = time.monotonic() + 1
        return await asyncio.gather(*(send(client, begin, one) for one in requests))


if __name__ == "__main__":
    plan = [json.loads(line) for line in sys.stdin]
    json.dump(asyncio.run(main(plan)), sys.stdout)

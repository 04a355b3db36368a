"""Stands before the supplier API: writes the journal and plays faults. Outermost in app.py.

Answers are small, so each is collected whole before it goes out; that keeps faults simple.
"""

import time

from . import transport
from .behaviours import BEHAVIOURS
from .call import API, Answer, Call, json_error
from .faults import Fault
from .journal import redacted


class Gate:
    def __init__(self, app, world):
        self.app = app
        self.world = world

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self.app(scope, receive, send)
            return
        body = await _read_body(receive)
        call = self._open_call(scope, body, receive)
        fault = self.world.faults.pick(scope["method"], scope["path"][len(API) :])
        answer = await self._play(call, fault)
        self._close_call(call, answer)
        if answer is not None:
            await _send(answer, scope, send)

    def _open_call(self, scope, body: bytes, receive) -> Call:
        entry = self.world.journal.open(
            arrived=time.time(),
            monotonic_ns=time.monotonic_ns(),
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            headers=redacted(scope["headers"], self.world.settings.auth_header),
            body=body,
            client=scope["client"][0] if scope.get("client") else "",
        )
        call = Call(
            world=self.world,
            faults=self.world.faults,
            scope=scope,
            body=body,
            entry=entry,
            run=lambda: self._run(call),
            gone=lambda: _until_gone(receive),
        )
        scope["call"] = call
        return call

    def _close_call(self, call: Call, answer: Answer | None) -> None:
        status, body = (answer.status, answer.body) if answer else (None, None)
        self.world.journal.close(call.entry, status, body, time.time())

    async def _play(self, call: Call, fault: Fault | None) -> Answer | None:
        if fault is None:
            return await call.run()
        call.entry.fault = f"{fault.id}:{fault.spec.kind}"
        return await BEHAVIOURS[fault.spec.kind](call, fault.spec)

    async def _run(self, call: Call) -> Answer:
        """Carry the request out: the application behind the gate, its answer collected."""
        if call.faults is not self.world.faults:
            return json_error(503, "reset", "The sandbox was reset while this request waited.")
        answer = Answer(500, b"")

        async def receive():
            return {"type": "http.request", "body": call.body, "more_body": False}

        async def collect(message):
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = list(message["headers"])
            else:
                answer.body += message.get("body", b"")

        call.entry.applied = time.time()
        await self.app(call.scope, receive, collect)
        return answer


async def _read_body(receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _until_gone(receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(answer: Answer, scope, send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    if not answer.cut:
        await send({"type": "http.response.body", "body": answer.body})
        return
    half = answer.body[: len(answer.body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    await transport.close(scope["state"]["transport"])

"""What each kind of fault does to a request. Called by gate.py.

A behaviour gives back the answer, or None when the connection ends without one.
"""

import asyncio
import time
from contextlib import suppress
from email.utils import formatdate

from . import transport
from .call import Answer, Call, json_error, made_up
from .faults import FaultSpec


async def _apply_if_told(call: Call, spec: FaultSpec) -> None:
    if spec.apply:
        await call.run()


async def _status(call: Call, spec: FaultSpec) -> Answer:
    await _apply_if_told(call, spec)
    return json_error(spec.status, "fault", f"The sandbox was told to answer {spec.status}.")


async def _rate_limit(call: Call, spec: FaultSpec) -> Answer:
    when = formatdate(time.time() + spec.seconds, usegmt=True)
    value = when if spec.retry_after_date else f"{spec.seconds:.0f}"
    return json_error(429, "rate_limited", "Too many requests.", (b"retry-after", value.encode()))


async def _delay(call: Call, spec: FaultSpec) -> Answer:
    await asyncio.sleep(spec.seconds + spec.jitter * call.world.faults.random.random())
    return await call.run()


async def _timeout(call: Call, spec: FaultSpec) -> None:
    """Accept and never answer: wait until the client gives up."""
    await _apply_if_told(call, spec)
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(call.gone(), spec.seconds or None)
    await transport.close(call.scope["state"]["transport"])


async def _reset(call: Call, spec: FaultSpec) -> None:
    await _apply_if_told(call, spec)
    await transport.reset(call.scope["state"]["transport"])


async def _lose_answer(call: Call, spec: FaultSpec) -> None:
    await call.run()
    await transport.close(call.scope["state"]["transport"])


async def _truncate(call: Call, spec: FaultSpec) -> Answer:
    answer = await call.run()
    answer.cut = True
    return answer


async def _not_json(call: Call, spec: FaultSpec) -> Answer:
    await _apply_if_told(call, spec)
    page = b"<html><body><h1>We are improving our services</h1></body></html>"
    return made_up(spec.status, page, b"text/html; charset=utf-8")


async def _partial(call: Call, spec: FaultSpec) -> Answer:
    call.partial = spec
    return await call.run()


async def _hold(call: Call, spec: FaultSpec) -> Answer:
    """Carry the request out later, even when its client has long gone."""
    faults, key = call.faults, str(call.entry.seq)
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(faults.hold(key).wait(), spec.seconds or None)
    faults.held.pop(key, None)
    return await call.run()


BEHAVIOURS = {
    "status": _status,
    "rate_limit": _rate_limit,
    "delay": _delay,
    "timeout": _timeout,
    "reset": _reset,
    "lose_answer": _lose_answer,
    "truncate": _truncate,
    "not_json": _not_json,
    "partial": _partial,
    "hold": _hold,
}

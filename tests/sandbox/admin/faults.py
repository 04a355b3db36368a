"""Switch faults on and off; see and release the requests that they hold back."""

from fastapi import APIRouter, Body
from starlette.requests import Request

from ..errors import Refusal
from ..faults import FaultSpec
from ..jsonio import JsonResponse

router = APIRouter()


@router.get("/faults")
async def list_faults(request: Request):
    return JsonResponse([one.as_dict() for one in request.app.state.world.faults.active.values()])


@router.post("/faults")
async def add_fault(request: Request, spec: FaultSpec):
    world = request.app.state.world
    fault = world.faults.add(spec)
    world.touch()
    return JsonResponse(fault.as_dict(), status_code=201)


@router.delete("/faults")
async def clear_faults(request: Request):
    world = request.app.state.world
    world.faults.active.clear()
    world.touch()
    return JsonResponse({"cleared": True})


@router.delete("/faults/{fault_id}")
async def clear_fault(request: Request, fault_id: str):
    world = request.app.state.world
    if world.faults.active.pop(fault_id, None) is None:
        raise Refusal("unknown_fault", f"There is no fault {fault_id}.", 404)
    world.touch()
    return JsonResponse({"cleared": True})


@router.put("/faults/seed")
async def seed_chance(request: Request, seed: int = Body(embed=True)):
    """The same seed and the same requests bring the same faults."""
    world = request.app.state.world
    world.faults.seed(seed)
    world.webhooks.random.seed(seed)
    return JsonResponse({"seed": seed})


@router.get("/held")
async def list_held(request: Request):
    return JsonResponse(list(request.app.state.world.faults.held))


@router.post("/held/release")
async def release_held(request: Request, seq: str | None = Body(None, embed=True)):
    """Let one held request go on, or all: named by its number in the journal."""
    return JsonResponse({"released": request.app.state.world.faults.release(seq)})

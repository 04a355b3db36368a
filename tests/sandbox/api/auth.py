"""Whose request this is, by its token. First step of every endpoint of the supplier API."""

import hmac

from starlette.requests import Request

from ..errors import Refusal
from ..state.accounts import Account


def authenticate(request: Request) -> Account:
    """The account of the token: bare in its header, or as a bearer there or in Authorization."""
    world = request.app.state.world
    sent = request.headers.get(world.settings.auth_header) or request.headers.get("authorization")
    if not sent:
        header = world.settings.auth_header
        raise Refusal("no_token", f"Send your token in the header {header}.", 401)
    scheme, _, rest = sent.partition(" ")
    token = rest.strip() if scheme.lower() == "bearer" else sent
    account = _account_of(world.accounts.values(), token)
    if account is None:
        raise Refusal("bad_token", "This token is not known.", 401)
    if account.suspended:
        raise Refusal("account_suspended", "This supplier account is suspended.", 403)
    request.scope["call"].entry.account = account.name
    return account


def _account_of(accounts, token: str) -> Account | None:
    sent = token.encode("latin-1", "replace")
    return next((one for one in accounts if hmac.compare_digest(one.token.encode(), sent)), None)

# How the webhooks' routes are served: as Odoo's http routes, but nobody reads the body before the
# controller has looked at its length and its sender, and every error is JSON with its own status.
# The one place where errors become answers.
import json

import psycopg2
from werkzeug.exceptions import HTTPException

from odoo.http import HttpDispatcher, Response

from .refusal import Refusal, no_database

ROUTE_TYPE = "marketplace_webhook"


class WebhookDispatcher(HttpDispatcher):
    """Odoo's own would take a form apart first, however long, and call the controller with its
    fields as arguments."""

    routing_type = ROUTE_TYPE

    def dispatch(self, endpoint, args):
        self.request.params = dict(args)
        try:
            return answer(200, endpoint(**args))
        except Refusal as refusal:
            return refuse(refusal)

    def handle_error(self, exc):
        """What went wrong around the controller, in Odoo or in the database."""
        if isinstance(exc, Refusal):
            return refuse(exc)
        if isinstance(exc, HTTPException):
            return refuse(Refusal(exc.code or 400, "http", f"{exc.name}."))
        if isinstance(exc, (psycopg2.OperationalError, psycopg2.InterfaceError)):
            return refuse(no_database())
        return refuse(Refusal(500, "error", "Something went wrong here. Send it again later."))


def refuse(refusal):
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    content = {"error": {"code": refusal.code, "message": refusal.sentence}}
    return answer(refusal.status, content, headers)


def answer(status, content, headers=()):
    body = json.dumps(content).encode()
    return Response(
        body,
        status=status,
        headers={
            **dict(headers),
            "Content-Type": "application/json; charset=utf-8",
            "Cache-Control": "no-store",
        },
    )

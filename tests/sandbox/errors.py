"""The one way to say no. Raised by state and api, worded as JSON in app.py and api/bulk.py."""


class Refusal(Exception):
    """A request, or one item of a bulk call, that the marketplace does not accept."""

    def __init__(self, code: str, message: str, status: int = 422, **details):
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.details = details

    def as_dict(self) -> dict:
        return {"error": self.code, "message": self.message, **self.details}

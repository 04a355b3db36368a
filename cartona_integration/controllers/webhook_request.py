# What can be said of a request by itself, before anybody asks who sent it: its length, its type,
# its secret and its signature as they stand in the headers. Called by the controller.
import re

from .refusal import Refusal

MOST_BYTES = 1024 * 1024
TOKEN_HEADER = "AuthorizationToken"
SIGNATURE_HEADER = "X-Marketplace-Signature"
_DIGITS = re.compile(r"[0-9]{1,18}")
_JSON_TYPE = re.compile(r"application/([a-z0-9.+-]+\+)?json", re.IGNORECASE)
_BEARER = b"bearer "


def read_body(request):
    """Read what was sent, if it is of a length and a kind that is read at all.

    :raise Refusal: it isn't
    """
    _check_length(request)
    body = request.get_data()
    _check_kind(request)
    return body


def _check_length(request):
    length = request.environ.get("CONTENT_LENGTH", "").strip()
    if not length or request.environ.get("HTTP_TRANSFER_ENCODING"):
        raise Refusal(411, "no_length", "Send a Content-Length; a body in chunks is not taken in.")
    if not _DIGITS.fullmatch(length):
        raise Refusal(400, "bad_length", "The Content-Length is no number.")
    if int(length) > MOST_BYTES:
        raise Refusal(
            413, "too_large", f"The body is too large: at most {MOST_BYTES} bytes are taken in."
        )


def _check_kind(request):
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity"):
        raise Refusal(415, "encoded", "Send the body as it is, without a Content-Encoding.")
    kind, _, parameters = request.headers.get("Content-Type", "").partition(";")
    if not _JSON_TYPE.fullmatch(kind.strip()) or not _is_utf8(parameters):
        raise Refusal(415, "not_json_type", "Send JSON: Content-Type: application/json, in UTF-8.")


def _is_utf8(parameters):
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(' "\t').lower() in ("utf-8", "utf8", "us-ascii")
    return True


def read_secret_sent(request):
    """:return: the secret that came along, as the bytes that it was sent as; empty if none did"""
    alone = _get_bytes(request, TOKEN_HEADER)
    if alone:
        return alone
    value = _get_bytes(request, "Authorization")
    return value[len(_BEARER) :].strip() if value[: len(_BEARER)].lower() == _BEARER else b""


def read_signature_sent(request):
    return _get_bytes(request, SIGNATURE_HEADER).decode("ascii", "replace")


def _get_bytes(request, name):
    # a header is a text of bytes, each of them one character: some of an Arabic letter's bytes are
    # blanks among characters
    return request.headers.get(name, "").strip(" \t").encode("latin-1", "replace")

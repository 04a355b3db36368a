# Takes secrets out of texts, headers and bodies before they reach a log or a screen.
import json
import re

MASK = "********"
BODY_LIMIT = 8_000

# Names of keys and headers whose value never belongs in a log, whatever it is.
_SECRET_NAME = (
    r"(?:authorization[-_]?token|proxy[-_]authorization|authorization|x-marketplace-signature"
    r"|[a-z_]*token|[a-z_]*secret|password|passwd|cookie|[a-z_]*otp)"
)
_IS_SECRET_NAME = re.compile(rf"^{_SECRET_NAME}$", re.IGNORECASE)
# `name: value`, `name=value`, `'name': 'value'`, `"name": "value"`, with an optional scheme.
_NAMED_SECRET = re.compile(
    rf"""(?P<head>(?<![\w-]){_SECRET_NAME}["']?\s*[:=]\s*(?:b(?=["']))?)
         (?:(?P<quote>["'])(?P<quoted>(?:\\.|(?!(?P=quote)).)*)(?P=quote)
           |(?P<bare>(?:Bearer\s+|Token\s+|Basic\s+)?[^\s,;&"'}})\]]+))""",
    re.IGNORECASE | re.VERBOSE,
)
_HARMLESS_VALUES = {"", "none", "null", "true", "false"}


def is_secret_name(name):
    return bool(_IS_SECRET_NAME.match(str(name)))


def redact_data(data):
    """Return a copy of JSON-like ``data`` with the values of secret keys masked."""
    if isinstance(data, dict):
        return {
            key: MASK if is_secret_name(key) and value not in (None, "") else redact_data(value)
            for key, value in data.items()
        }
    if isinstance(data, (list, tuple)):
        return [redact_data(item) for item in data]
    return data


def redact_text(text, secrets=()):
    """Return ``text`` without the given secret values and without named ones."""
    return _NAMED_SECRET.sub(_mask_named, mask_values(text, secrets))


def mask_values(text, secrets):
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def _mask_named(match):
    value = match["bare"] if match["quote"] is None else match["quoted"]
    if value.lower() in _HARMLESS_VALUES:
        return match[0]
    quote = match["quote"] or ""
    return f"{match['head']}{quote}{MASK}{quote}"


def loggable_body(data, secrets=(), limit=BODY_LIMIT):
    """Word a body for the log: redacted first, then cut, so that no half secret is left over."""
    if data is None or data == "":
        return ""
    if isinstance(data, str):
        text = redact_text(data, secrets)
    else:
        text = mask_values(json.dumps(redact_data(data), ensure_ascii=False, default=str), secrets)
    text = text.replace("\x00", "")
    if len(text) > limit:
        return f"{text[:limit]}… ({len(text)} characters)"
    return text

# Takes secrets out of texts, headers and bodies before they reach a log or a screen.
import json
import re
from functools import lru_cache

from .storable import storable_text

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
    """Return ``text`` without the secret values, also where JSON's escapes stand in them."""
    for secret in secrets:
        text = text.replace(secret, MASK)
        if "\\" in text:
            text = _find_escaped(secret).sub(MASK, text)
    return text


@lru_cache(maxsize=256)
def _find_escaped(secret):
    r"""A pattern of a secret's spellings: JSON lets any letter be \uXXXX and some stand behind a
    backslash, and whoever quotes JSON doubles its backslashes."""
    first, *others = re.sub(r"\\+", r"\\", secret)
    # One backslash will do in front, and a text that is full of them is soon searched.
    pattern = _find_letter(first, r"\\") + "".join(_find_letter(one, r"\\{1,8}") for one in others)
    return re.compile(pattern)


def _find_letter(letter, quoted):
    if letter == "\\":
        return r"(?:\\|(?i:u005c)){1,8}"
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    escaped = "".join(rf"{quoted}(?i:u{units[at : at + 4]})" for at in range(0, len(units), 4))
    return rf"(?:{re.escape(letter)}|{quoted}{re.escape(letter)}|{escaped})"


def _mask_named(match):
    value = match["bare"] if match["quote"] is None else match["quoted"]
    if value.lower() in _HARMLESS_VALUES:
        return match[0]
    quote = match["quote"] or ""
    return f"{match['head']}{quote}{MASK}{quote}"


def loggable_body(data, secrets=(), limit=BODY_LIMIT):
    """Word a body for the log: redacted first, then cut, so that no half secret is left over.

    :param data: what was read from JSON, or text as it came
    """
    if data is None or data == "":
        return ""
    text = storable_text(_redact_body(data, secrets))
    if len(text) > limit:
        return f"{text[:limit]}… ({len(text)} characters)"
    return text


def _redact_body(data, secrets):
    is_text = isinstance(data, str)
    try:
        words = _word_json(json.loads(data) if is_text else data)
    except (ValueError, RecursionError):
        words = data if is_text else "(nested too deeply to be shown)"
    # Text may speak of secrets in its own words; data names them by keys.
    return redact_text(words, secrets) if is_text else mask_values(words, secrets)


def _word_json(data):
    return json.dumps(redact_data(data), ensure_ascii=False, default=str)

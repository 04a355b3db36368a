# A logging filter that masks secrets in every record a handler is about to write; installed by
# post_load, fed by marketplace.config with the values it must never see.
import base64
import logging
from urllib.parse import quote

from .redact import redact_text

# A shorter value could be an everyday word, and masking it would only blur the log.
SHORTEST_SECRET = 6
# Nobody reads more of an answer; masking it takes time.
LONGEST_QUOTE = 65_536
_PLAIN = logging.Formatter()


class RedactingFilter(logging.Filter):
    """Mask known secret values, and the values of well-known secret names."""

    def __init__(self):
        super().__init__()
        self._secrets = set()

    def protect(self, *values):
        """Remember values that must never appear in a log of this process."""
        for value in values:
            if value and len(value) >= SHORTEST_SECRET:
                in_base64 = base64.b64encode(value.encode()).decode()
                self._secrets.update((value, quote(value, safe=""), in_base64))

    @property
    def secrets(self):
        """The protected values, longest first: one may be part of another."""
        return sorted(self._secrets, key=len, reverse=True)

    def filter(self, record):
        message, error = _attempt(record.getMessage)
        clean = redact_text(_word_parts(record, error) if error else message, self.secrets)
        if error or clean != message:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            text, error = _attempt(_PLAIN.formatException, record.exc_info)
            record.exc_text = f"({error}: no traceback)" if error else text
        if record.exc_text:
            record.exc_text = redact_text(record.exc_text, self.secrets)
        return True


def _attempt(word, *args):
    """Let nobody's bad log call raise: around a handler's filters there is nothing that catches it.

    :return: (the text, "") or ("", the name of what was raised)
    """
    try:
        return str(word(*args)), ""
    except Exception as error:
        return "", type(error).__name__


def _word_parts(record, error):
    """What a line was to be made of, when it can't be made."""
    args = record.args if isinstance(record.args, tuple) else (record.args,)
    words = ", ".join(map(_show, args))
    return f"{_show(record.msg)} [{words}] ({error} at {record.pathname}:{record.lineno})"


def _show(value):
    text, error = _attempt(str, value)
    return f"({type(value).__name__})" if error else text


redacting_filter = RedactingFilter()


def quote_safely(text, length):
    """The beginning of what somebody else said, which may repeat a secret: masked before it is cut,
    or half a secret could be left at the end."""
    return redact_text(text[:LONGEST_QUOTE], redacting_filter.secrets)[:length]


def install_on_root_handlers():
    for handler in logging.getLogger().handlers:
        if redacting_filter not in handler.filters:
            handler.addFilter(redacting_filter)

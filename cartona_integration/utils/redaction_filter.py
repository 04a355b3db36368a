# A logging filter that masks secrets in every record a handler is about to write; installed by
# post_load, fed by marketplace.config with the values it must never see.
import base64
import logging
from urllib.parse import quote

from .redact import redact_text

# A shorter value could be an everyday word, and masking it would only blur the log.
SHORTEST_SECRET = 6
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
        message = record.getMessage()
        clean = redact_text(message, self.secrets)
        if clean != message:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _PLAIN.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact_text(record.exc_text, self.secrets)
        return True


redacting_filter = RedactingFilter()


def install_on_root_handlers():
    for handler in logging.getLogger().handlers:
        if redacting_filter not in handler.filters:
            handler.addFilter(redacting_filter)

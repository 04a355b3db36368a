# What can go wrong between us and a marketplace, as one tree; raised by the transport and the
# adapters, read by everyone who decides what happens next.


class MarketplaceError(Exception):
    """An exchange with a marketplace did not succeed.

    :param str code: one of the codes that ``marketplace.api`` has a sentence for
    :param str detail: the technical reason or the marketplace's own words, without secrets
    :param bool ambiguous: the other side may have carried the request out all the same
    :param bool straggling: the request may even arrive later than the next one
    """

    code = "failed"

    def __init__(self, code=None, detail="", *, ambiguous=False, straggling=False):
        self.code = code or self.code
        self.detail = detail
        self.ambiguous = ambiguous or straggling
        self.straggling = straggling
        super().__init__(f"{self.code}: {detail}" if detail else self.code)


class Retryable(MarketplaceError):
    """Nothing is wrong with what was sent: the same request may succeed later."""

    code = "unavailable"


class RateLimited(Retryable):
    """The marketplace asks for a pause.

    :param float retry_after: seconds to wait, None when it did not say
    """

    code = "rate_limited"

    def __init__(self, code=None, detail="", *, retry_after=None):
        super().__init__(code, detail)
        self.retry_after = retry_after


class Rejected(MarketplaceError):
    """The marketplace understood and refuses: sending the same again is of no use."""

    code = "rejected"


class AuthFailed(MarketplaceError):
    """The marketplace does not accept our token: nothing will succeed until that is mended."""

    code = "auth_failed"


class Unusable(MarketplaceError):
    """What arrived can't be used as it is: somebody has to look at it.

    :param record: the record of ours that it is about, if any
    """

    code = "bad_value"

    def __init__(self, code=None, detail="", *, record=None):
        super().__init__(code, detail)
        self.record = record

# Which addresses we may talk to: well-formed, encrypted, public. Pure: names are resolved by the
# transport, which asks is_public_ip about every connection it opens.
import ipaddress
import re
from urllib.parse import unquote, urlsplit

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_CALL_PATH = re.compile(r"[A-Za-z0-9_.~-]+(/[A-Za-z0-9_.~-]+)*/?")
_LONGEST_HOST = 253
# Names that are never public, by their registration.
_PRIVATE_NAMES = (".internal", ".local", ".localhost", ".home.arpa")
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


class AddressError(ValueError):
    """An address that we must not send a token to.

    :param str code: malformed | credentials | dots | scheme | private
    """

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def check_base_url(url, trusted_hosts=()):
    """Refuse an address that is malformed, unencrypted or, as far as it shows, private.

    :param trusted_hosts: hosts excused from https and from being public
    :raise AddressError: with the reason as its code
    """
    parts = _split(url)
    host = parts.hostname.lower()
    if parts.username is not None or parts.password is not None:
        raise AddressError("credentials")
    if _has_dots(parts.path):
        raise AddressError("dots")
    excused = host in LOCAL_HOSTS or host in trusted_hosts
    if parts.scheme != "https" and not excused:
        raise AddressError("scheme")
    ip = as_ip(host)
    is_private = not is_public_ip(ip) if ip else _is_private_name(host)
    if is_private and not excused:
        raise AddressError("private")


def is_call_path(path):
    """Whether something is the path of a call: it stays below the address that it follows."""
    return bool(path) and bool(_CALL_PATH.fullmatch(path)) and not _has_dots(path)


def may_connect(host, peer, trusted_hosts=()):
    """Whether a connection that was asked for ``host`` may talk to the address it reached."""
    host = host.lower()
    if host in trusted_hosts:
        return True
    ip = as_ip(peer)
    if ip is None:
        return False
    return ip.is_loopback if host in LOCAL_HOSTS else is_public_ip(ip)


def origin(url):
    """Scheme, host and port of an address: what a token belongs to. None for no address."""
    try:
        parts = _split(url)
    except AddressError:
        return None
    port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    return parts.scheme, parts.hostname.lower(), port


def parse_hosts(text):
    """The hosts of a comma separated system parameter."""
    return {host.strip().lower() for host in (text or "").split(",") if host.strip()}


def as_ip(host):
    try:
        return ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return None


def is_public_ip(ip):
    """Global, and not an IPv6 wrapping of something that isn't."""
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inner:
            return is_public_ip(inner)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _split(url):
    if (
        not isinstance(url, str)
        or url != url.strip()
        or any(char.isspace() or ord(char) < 32 for char in url)
        or "\\" in url
    ):
        raise AddressError("malformed")
    try:
        parts = urlsplit(url)
        malformed = parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0
    except ValueError as error:
        raise AddressError("malformed") from error
    if malformed or parts.query or parts.fragment or not _is_host(parts.hostname):
        raise AddressError("malformed")
    if parts.netloc.endswith(":") or ("[" in parts.netloc) != (":" in parts.hostname):
        raise AddressError("malformed")
    return parts


def _has_dots(path):
    """Whether a path climbs: whoever reads it next may take it for another one."""
    return not {".", ".."}.isdisjoint(unquote(path).split("/"))


def _is_private_name(host):
    """A name without a dot is known in its own network only."""
    return "." not in host or host.endswith(_PRIVATE_NAMES)


def _is_host(host):
    """A name or an address in its usual spelling: others are read differently by each library."""
    if "%" in host or len(host) > _LONGEST_HOST:
        return False
    if as_ip(host):
        return True
    labels = host.split(".")
    return all(map(_LABEL.fullmatch, labels)) and not _NUMBER.fullmatch(labels[-1])

"""Which Odoo: finds or fetches a source tree, in the order that the README promises.

Called first by every command that needs Odoo; debian_odoo.py holds the last resort.
"""

import hashlib
import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import debian_odoo
from .atomic import build_once
from .console import StepError, say, step
from .paths import CACHE
from .process import run

REPOSITORY = "https://github.com/odoo/odoo"
SOURCE_SERIES = "17.0"
ALL_SERIES = ("17.0", "18.0", "19.0")
UNREACHABLE_AFTER = 15  # seconds
_GIT = dict(os.environ, GIT_TERMINAL_PROMPT="0")


@dataclass(frozen=True)
class Odoo:
    """A usable source tree: `path` goes on PYTHONPATH, `addons` on the addons path."""

    path: Path
    series: str
    identity: str
    addons: tuple

    @property
    def requirements(self):
        """Odoo's own list; Debian's package brings none."""
        return self.path / "requirements.txt"


@dataclass(frozen=True)
class Choice:
    """Where Odoo comes from and why; `fetch` puts it at `path` if it isn't there yet."""

    path: Path
    series: str
    why: str
    fetch: Callable = lambda: None
    named_by: str = "The cache"


def find(series=None):
    """Return the Odoo to use and say which and why. :param series: None prefers 17.0."""
    if series and series not in ALL_SERIES:
        raise StepError(f"SERIES={series} is unknown.", f"Choose one of {', '.join(ALL_SERIES)}.")
    choice = _choose(series)
    say(f"Odoo {choice.series} from {choice.path} ({choice.why})")
    choice.fetch()
    return inspect(choice.path, choice.named_by)


def available():
    """Return the series whose Odoo can be had without a person, the source's own first."""
    if os.environ.get("ODOO_SRC"):
        return [_choose(None).series]
    found = [
        series for series in ALL_SERIES if (CACHE / f"odoo-{series}").exists() or _reachable(series)
    ]
    try:
        newest = debian_odoo.find(ALL_SERIES).series
    except StepError:
        if not found:
            raise
        return found
    return found if newest in found else [*found, newest]


def _choose(series):
    if os.environ.get("ODOO_SRC"):
        return _from_environment(os.environ["ODOO_SRC"], series)
    wanted = series or SOURCE_SERIES
    cached = CACHE / f"odoo-{wanted}"
    if cached.exists():
        return Choice(cached, wanted, "found in the cache")
    if _reachable(wanted):
        return Choice(
            cached, wanted, f"to be cloned from {REPOSITORY}", lambda: _clone(wanted, cached)
        )
    package = debian_odoo.find([series] if series else ALL_SERIES)
    return Choice(
        package.path,
        package.series,
        f"{REPOSITORY} can't be reached, so this is Debian's package {package.name}",
        package.fetch,
    )


def _from_environment(value, series):
    path = Path(value).expanduser().resolve()
    odoo = inspect(path, "ODOO_SRC")
    if series and odoo.series != series:
        raise StepError(
            f"ODOO_SRC={value} is Odoo {odoo.series}, but SERIES={series} was asked for.",
            "Change one of them.",
        )
    return Choice(path, odoo.series, "ODOO_SRC is set", named_by="ODOO_SRC")


def inspect(path, name="The cache"):
    """Return the Odoo at `path`, a git checkout, a source release or an unpacked package."""
    release = path / "odoo" / "release.py"
    layouts = (path / "odoo" / "addons", path / "addons")
    if not release.is_file() or not any((layout / "web").is_dir() for layout in layouts):
        raise StepError(
            f"{name} names {path}, which is no Odoo source: odoo/release.py or the addon `web`"
            " is missing.",
            "Give the folder that holds Odoo's `odoo` package.",
        )
    text = release.read_text()
    match = re.search(r"^version_info = \((\d+), (\d+)", text, re.MULTILINE)
    if not match:
        raise StepError(f"{name} names {path}, whose odoo/release.py tells no version.")
    series = ".".join(match.groups())
    if series not in ALL_SERIES:
        raise StepError(
            f"{name} names Odoo {series}.", f"Series that can be used: {', '.join(ALL_SERIES)}."
        )
    addons = tuple(layout for layout in layouts if (layout / "web").is_dir())[:1]
    return Odoo(path, series, _identity(path, text), addons)


def _identity(path, release):
    """Tell one state of a source tree from another: the commit, else the release's own text."""
    head = subprocess.run(
        ["git", "-C", path, "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    if (path / ".git").exists() and head.returncode == 0:
        return head.stdout.strip()[:12]
    return hashlib.sha256(release.encode()).hexdigest()[:12]


def _reachable(series):
    """Tell whether the repository answers and has the series' branch."""
    try:
        answer = subprocess.run(
            ["git", "ls-remote", "--exit-code", REPOSITORY, f"refs/heads/{series}"],
            env=_GIT,
            timeout=UNREACHABLE_AFTER,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    except FileNotFoundError:
        raise StepError("git is missing.", "Install git and run the same command again.") from None
    return answer.returncode == 0


def _clone(series, target):
    with step(f"Cloning Odoo {series} (about 1 GB, once)"):
        build_once(
            target,
            lambda path: run(
                [
                    "git",
                    "-c",
                    "http.lowSpeedLimit=1000",
                    "-c",
                    "http.lowSpeedTime=20",
                    "clone",
                    "--quiet",
                    "--depth",
                    "1",
                    "--single-branch",
                    "--branch",
                    series,
                    REPOSITORY,
                    path,
                ],
                f"clone-odoo-{series}.log",
                what="git clone",
                env=_GIT,
            ),
        )

"""Chromium for the browser tests: found, or installed with apt by root, or loudly done without.

Puts a wrapper in front of it with what a machine without screen and user namespaces needs.
Called by the tests.
"""

import os
import shutil

from .console import StepError, say, step
from .paths import LOCAL
from .process import run

NAMES = ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
PACKAGES = ("chromium", "fonts-dejavu-core")  # the font has Arabic
WRAPPERS = LOCAL / "bin"


def prepare():
    """Return the PATH under which Odoo's test runner finds a browser, or None without one."""
    browser = _installed() or _install()
    if not browser:
        say("  ****************************************************************")
        say("  *  NO CHROMIUM: the browser tests are SKIPPED.                 *")
        say("  *  Install Chromium or Google Chrome and run again.            *")
        say("  ****************************************************************")
        return None
    WRAPPERS.mkdir(parents=True, exist_ok=True)
    for name in NAMES[:2]:  # the runners of the series ask for them in a different order
        wrapper = WRAPPERS / name
        wrapper.write_text(f'#!/bin/sh\nexec "{browser}" {FLAGS} "$@"\n')
        wrapper.chmod(0o755)
    return f"{WRAPPERS}:{os.environ['PATH']}"


def _installed():
    outside = os.pathsep.join(p for p in os.get_exec_path() if p != str(WRAPPERS))
    return next(filter(None, (shutil.which(name, path=outside) for name in NAMES)), None)


def _install():
    if os.getuid() or not shutil.which("apt-get"):
        return None
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    try:
        with step("Installing Chromium with apt"):
            run([*apt, "update"], "apt-update.log", what="apt-get update", env=environment)
            run(
                [*apt, "install", "--no-install-recommends", *PACKAGES],
                "apt-chromium.log",
                what="Installing Chromium",
                env=environment,
            )
    except StepError as error:
        say(f"  {error}")
        return None
    return _installed()

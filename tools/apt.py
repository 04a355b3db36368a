"""Debian's archive through the machine's own apt settings, without touching the system.

Lists, downloads and state lie in the cache; the mirror and its keyring are the machine's own.
Called by debian_odoo.py.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .console import StepError
from .paths import CACHE
from .process import run

SOURCES = Path("/etc/apt")
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^]]*)\]\s+)?(?P<uri>\S+)\s+\S+\s+.*\bmain\b")


class Archive:
    """One suite of the Debian archive, in an apt of our own."""

    def __init__(self, suite="sid", sources=SOURCES, home=None):
        self.home = home or CACHE / "apt"
        self._suite = suite
        self._mirror, self._keyring = mirror(sources)

    def update(self):
        """Fetch the suite's lists; apt checks their signatures."""
        for folder in ("lists/partial", "cache/archives/partial", "sources.d"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / "status").touch()
        (self.home / "sources.list").write_text(
            f"deb [signed-by={self._keyring}] {self._mirror} {self._suite} main\n"
        )
        (self.home / "apt.conf").write_text(self._settings())
        self._apt("update", what="Reading Debian's package lists")

    def newest(self, pattern):
        """Return the name with the highest number among the packages that match, or None."""
        names = self._ask("search", "--names-only", pattern).splitlines()
        numbered = [(int(re.search(r"\d+", name).group()), name.split()[0]) for name in names]
        return max(numbered, default=(0, None))[1]

    def field(self, package, name):
        shown = self._ask("show", "--no-all-versions", package)
        match = re.search(rf"^{name}: (.*)$", shown, re.MULTILINE)
        return match.group(1) if match else ""

    def unpack(self, packages, target):
        """Download packages and unpack them side by side in `target`."""
        for package in packages:
            downloads = target.with_name(f"{target.name}.debs")
            downloads.mkdir(parents=True, exist_ok=True)
            self._apt("download", package, what=f"Downloading {package}", cwd=downloads)
            for archive in downloads.glob("*.deb"):
                run(["dpkg-deb", "-x", archive, target], "dpkg-deb.log", what="dpkg-deb")
            shutil.rmtree(downloads)

    def _settings(self):
        values = {
            "Dir::State": self.home,
            "Dir::State::status": self.home / "status",
            "Dir::State::lists": self.home / "lists",
            "Dir::Cache": self.home / "cache",
            "Dir::Etc::sourcelist": self.home / "sources.list",
            "Dir::Etc::sourceparts": self.home / "sources.d",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
        }
        return "".join(f'{key} "{value}";\n' for key, value in values.items())

    @property
    def _environment(self):
        return dict(os.environ, APT_CONFIG=str(self.home / "apt.conf"), LC_ALL="C.UTF-8")

    def _apt(self, *arguments, what, cwd=None):
        run(
            ["apt-get", "-q", "-y", "--error-on=any", *arguments]
            if arguments[0] == "update"
            else ["apt-get", "-q", *arguments],
            f"apt-{arguments[0]}.log",
            what=what,
            env=self._environment,
            cwd=cwd,
        )

    def _ask(self, *arguments):
        return subprocess.run(
            ["apt-cache", *arguments],
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


def mirror(sources=SOURCES):
    """Return the Debian mirror that this machine uses, and the keyring that it is signed with."""
    files = [sources / "sources.list", *sorted((sources / "sources.list.d").glob("*"))]
    for file in files:
        if file.is_file() and file.suffix in (".list", ".sources"):
            for uri, keyring in _entries(file):
                if uri.rstrip("/").endswith("/debian"):
                    usable = keyring if keyring.startswith("/") else KEYRING
                    return uri, usable
    raise StepError(
        "This machine's apt knows no Debian mirror.", "Give a source of Odoo: ODOO_SRC=<folder>."
    )


def _entries(file):
    """Yield (uri, keyring) of each binary source, from either of apt's two formats."""
    text = file.read_text()
    if file.suffix == ".list":
        for match in filter(None, map(ONE_LINE.match, text.splitlines())):
            options = dict(part.split("=", 1) for part in (match["options"] or "").split())
            yield match["uri"], options.get("signed-by", "")
        return
    for stanza in re.split(r"\n\s*\n", text):
        fields = dict(re.findall(r"^([\w-]+):[ \t]*(.*)$", stanza, re.MULTILINE))
        binary = "deb" in fields.get("Types", "").split()
        if binary and "main" in fields.get("Components", "").split():
            for uri in fields.get("URIs", "").split():
                yield uri, fields.get("Signed-By", "")

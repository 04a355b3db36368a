"""Reads Odoo's log: what is a problem, how far an installation is, how the tests went.

Used by everything that runs Odoo to its end.
"""

import re
from collections import Counter

from .paths import ROOT

LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) ")
LOADING = re.compile(r"Loading module (?P<module>\w+) \((?P<done>\d+)/(?P<total>\d+)\)")
RESULT = re.compile(r"(?P<failed>\d+) failed, (?P<errors>\d+) error\(s\) of (?P<total>\d+) tests")
PROBLEMS = {"WARNING", "ERROR", "CRITICAL"}


def known_warnings():
    lines = (ROOT / "tools" / "known_warnings.txt").read_text().splitlines()
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


class Reader:
    """Fed line by line; keeps the problems (with what belongs to them) and the tests' result."""

    def __init__(self, progress=None):
        self.problems = []
        self.results = []
        self.closing = []
        self._progress = progress
        self._known = known_warnings()
        self._open = False

    @property
    def errors(self):
        return [one for one in self.problems if LINE.match(one)["level"] != "WARNING"]

    def distinct(self):
        """Return each different problem, without its time and process, and how often it came."""
        return Counter(LINE.sub(lambda head: f"{head['level']} ", one) for one in self.problems)

    def cause(self):
        """Return the last line of the last error: with a traceback, what was raised."""
        return self.errors[-1].splitlines()[-1] if self.errors else ""

    def __call__(self, line):
        head = LINE.match(line)
        if not head:
            if self._open:
                self.problems[-1] += line
            return
        self._open = head["level"] in PROBLEMS and not any(k.search(line) for k in self._known)
        if self._open:
            self.problems.append(line)
        self._note(line)

    def _note(self, line):
        loading = LOADING.search(line)
        if loading and self._progress:
            self._progress.show(int(loading["done"]), int(loading["total"]), loading["module"])
        result = RESULT.search(line)
        if result:
            self.results.append({key: int(value) for key, value in result.groupdict().items()})
            self.closing.append(line.strip())

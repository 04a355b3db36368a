"""The figures: a line each for people, all of them as JSON for machines. Filled by the tests."""

import json
import os
import platform
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from .bars import Bar
from .stats import spread

FOLDER = Path(__file__).parents[2] / ".local" / "bench"


@dataclass
class Figure:
    """One measured number. :param expected: the bar where a formula gives it"""

    bar: Bar
    measured: float
    expected: float | None = None
    samples: list = field(default_factory=list, repr=False)
    note: str = ""

    @property
    def holds(self):
        return self.bar.holds(self.measured, self.expected)

    def line(self):
        bar, number = self.bar, self.bar.number if self.expected is None else self.expected
        words = [
            f"{f'{bar.row}: {bar.what}':58}",
            f"{_word(self.measured, bar.unit):>10}",
            f"{bar.sign} {_word(number, bar.unit):10}",
            f"{'ok' if self.holds else 'SHORT':5}",
        ]
        if self.samples:
            low, middle, high = spread(self.samples).values()
            words.append(f" {len(self.samples)} of {low:.3g} / {middle:.3g} / {high:.3g}")
        return " ".join([*words, self.note]).rstrip()

    def as_dict(self):
        known = {
            "promise": self.bar.row,
            "what": self.bar.what,
            "measured": self.measured,
            "unit": self.bar.unit,
            "bar": f"{self.bar.sign} {self.expected or self.bar.number}",
            "holds": self.holds,
            "note": self.note,
        }
        return {**known, **(spread(self.samples) if self.samples else {}), "samples": self.samples}


def _word(number, unit):
    return f"{number:.4g} {unit}".strip()


class Report:
    """All figures of a run; `say` prints a line."""

    def __init__(self, say):
        self._say = say
        self._figures = []
        self._remarks = []
        self._began = machine()
        say("")
        say("  ".join(f"{name}: {value}" for name, value in self._began.items()))

    def __call__(self, *figures):
        """Print and keep figures.

        :raise pytest.fail.Exception: one of them falls short of its bar
        """
        for figure in figures:
            self._figures.append(figure)
            self._say(figure.line())
        short = [
            f"{figure.bar.what} {figure.note}".strip() for figure in figures if not figure.holds
        ]
        if short:
            pytest.fail(f"short of the promise: {', '.join(short)}", pytrace=False)

    def remark(self, text):
        """Say something that no bar belongs to."""
        self._remarks.append(text)
        self._say(f"  {text}")

    def write(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        path = FOLDER / time.strftime("%Y%m%d-%H%M%S.json")
        content = {
            "machine": self._began,
            "load_at_the_end": os.getloadavg(),
            "figures": [figure.as_dict() for figure in self._figures],
            "remarks": self._remarks,
        }
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False))
        self._say(f"figures: {path}")


def machine():
    """:return: what a reader must know to judge the figures"""
    described = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.split(":", 1)[1].strip() for line in described if "model name" in line]
    return {
        "cores": os.cpu_count(),
        "cpu": models[0] if models else platform.processor(),
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "python": platform.python_version(),
        "at": time.strftime("%Y-%m-%d %H:%M:%S"),
    }

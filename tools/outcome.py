"""How many tests passed and failed, and the closing lines that say so. Made by each test run."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    closing: list = field(default_factory=list)

    def __add__(self, other):
        return Outcome(
            self.passed + other.passed, self.failed + other.failed, self.closing + other.closing
        )

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed"

# A number with its history: formulas add a step for each thing they do, so that what is sent and
# what "Why this number?" shows are one computation.
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

# Odoo's own floats carry noise behind this.
_PRECISION = Decimal("0.00000001")


@dataclass(frozen=True)
class Step:
    """One step of a formula.

    :param code: what was done
    :param value: the number after it; None where there is no end of it
    :param detail: what it was done with: {name: value}
    """

    code: str
    value: Decimal | None
    detail: dict = field(default_factory=dict)


@dataclass
class Trace:
    """The steps to a number.

    :param trouble: the code of what keeps the number from being sent, if anything
    """

    steps: list = field(default_factory=list)
    trouble: str = ""

    def add(self, code, value, **detail):
        self.steps.append(Step(code, value, detail))

    def fork(self):
        return Trace(list(self.steps), self.trouble)

    @property
    def value(self):
        return self.steps[-1].value if self.steps else None


def exact(number):
    """A float of Odoo's as the decimal number that it stands for.

    :raise OverflowError: when it is none that could be meant
    """
    try:
        return Decimal(str(number)).quantize(_PRECISION)
    except InvalidOperation as error:
        raise OverflowError(number) from error

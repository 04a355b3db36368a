"""One line a scenario: what, figures, bar, ok or short; and the same as JSON under .local/chaos."""

import json
from contextlib import contextmanager

from tools.paths import LOCAL

FOLDER = LOCAL / "chaos"


@contextmanager
def scenario(what, bar, say):
    """Collect a scenario's figures in the dict that is handed out, and say how it ended."""
    figures = {}
    try:
        yield figures
    except AssertionError as error:
        _tell(say, what, figures, bar, "short", str(error).splitlines()[0])
        raise
    except BaseException as error:
        _tell(say, what, figures, bar, "short", f"{type(error).__name__}: {error}")
        raise
    _tell(say, what, figures, bar, "ok")


def _tell(say, what, figures, bar, verdict, reason=""):
    said = ", ".join(f"{name} {value}" for name, value in figures.items())
    say(f"chaos: {what}: {said}; bar: {bar}: {verdict}{reason and f' ({reason})'}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    words = {"what": what, "figures": figures, "bar": bar, "verdict": verdict, "reason": reason}
    name = "".join(char if char.isalnum() else "-" for char in what.lower())
    (FOLDER / f"{name}.json").write_text(json.dumps(words, indent=2, default=str) + "\n")

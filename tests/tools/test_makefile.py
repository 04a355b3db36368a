"""The Makefile offers what tools/ can do, and `make` alone says what that is."""

import re

from tools.commands import COMMANDS
from tools.paths import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()


def test_every_command_is_a_target():
    targets = re.search(r"^TARGETS := (.*)$", MAKEFILE, re.MULTILINE).group(1).split()
    assert targets == list(COMMANDS)


def test_make_alone_lists_the_targets(clone):
    done = clone.run("make")
    assert done.returncode == 0
    assert [line.split()[1] for line in done.stdout.splitlines()] == list(COMMANDS)


def test_what_people_set_reaches_the_command(clone):
    done = clone.run("make", "test", "SERIES=none")
    assert "SERIES=none is unknown" in done.stdout

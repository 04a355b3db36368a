"""Every rule on this very repository, and the proof that no rule goes unproven."""

from pathlib import Path

import pytest

from . import habits, layers, models, packaging, shape, vocabulary, walls  # they register the rules
from .repository import RULES, Repository

HERE = Path(__file__).parent
THEMES = (habits, layers, models, packaging, shape, vocabulary, walls)


@pytest.fixture(scope="module")
def repository():
    return Repository(HERE.parent.parent)


@pytest.mark.parametrize("name", sorted(RULES))
def test_this_repository_keeps_the_rule(repository, name):
    offences = list(RULES[name](repository))
    assert not offences, "\n" + "\n".join(offences)


def test_every_rule_is_shown_to_bite():
    shown = "".join(path.read_text() for path in HERE.glob("test_*_rules.py"))
    assert [name for name in RULES if f'"{name}"' not in shown] == []


def test_every_theme_brings_rules():
    owners = {function.__module__ for function in RULES.values()}
    assert owners == {theme.__name__ for theme in THEMES}

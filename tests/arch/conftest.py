"""What the architecture tests share: a tiny repository made of samples."""

import pytest

from .repository import RULES, Repository


@pytest.fixture
def offences(tmp_path):
    """:return: a function that applies one rule to a repository holding just these files"""

    def apply(rule, files):
        for path, text in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return list(RULES[rule](Repository(tmp_path)))

    return apply

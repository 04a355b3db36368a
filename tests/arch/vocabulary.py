"""Which words the core may say: one marketplace's name belongs to its adapter.

The core speaks of "the marketplace", in comments and sentences too; views, demo data,
translations, the manifest and tests are data and may name it. Run by test_repository.
"""

import ast
import re

from .repository import ADDON, dotted, rule

NAME = re.compile("cartona", re.IGNORECASE)
# The addon's own name, `cartona_*` fields with their methods and index, and the job channels.
ALLOWED = re.compile(r"(\b|_)cartona_[a-z][a-z_]*|\broot\.cartona\b")
DATA = ("demo/", "migrations/", "tests/", "__manifest__.py")
AT_HOME = ("adapters/cartona/", "adapters/__init__.py")


@rule
def the_core_names_no_marketplace(repository):
    for source in repository.addon:
        if source.path.removeprefix(f"{ADDON}/").startswith((*DATA, *AT_HOME)):
            continue
        labels = set(_lines_of_its_fields(source))
        for number, line in enumerate(source.text.splitlines(), 1):
            if number not in labels and NAME.search(ALLOWED.sub("", line)):
                yield source.at(number, f"the core must not name a marketplace: {line.strip()}")


def _lines_of_its_fields(source):
    """A `cartona_*` field is the marketplace's identity: its label and help may say so."""
    for node in source.nodes:
        if (
            isinstance(node, ast.Assign)
            and dotted(node.targets[0]).startswith("cartona_")
            and isinstance(node.value, ast.Call)
            and dotted(node.value.func).startswith("fields.")
        ):
            yield from range(node.lineno, node.end_lineno + 1)

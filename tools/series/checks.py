"""What a built copy must not contain: forms of 17.0 that a newer Odoo refuses or ignores.

Called last by build(): a script or rewrite that missed its place is noticed here, not by users.
"""

import re
import xml.etree.ElementTree as ElementTree

from ..console import StepError
from .upgrade_code import number


def _fields(model, names):
    """Return the pattern of a record of this model that has one of these fields."""
    return rf'model="{model}"(?:(?!</record>).)*"(?:{names})"'


PRODUCT = r"product\.(?:product|template)"
GROUP = r"res\.groups"
# since which series, in which files, what, and what it should be
OUTDATED = (
    ("18.0", "**/*.xml", r"<tree\b", "lists are called <list>"),
    ("18.0", "**/*.xml", r'"(?:view_mode|binding_view_types)">[\w,]*\btree\b', "it is `list`"),
    ("18.0", "**/*.xml", r'"target">inline<', "no action is inline; `main` or none is right"),
    ("18.0", "**/*.xml", r"\boe_chatter\b", "it is <chatter />"),
    ("18.0", "**/*.xml", r'"(?:numbercall|doall)"', "scheduled actions always run for ever"),
    ("18.0", "**/*.xml", r'"detailed_type"', "there are `type` and `is_storable`"),
    ("18.0", "**/*.xml", _fields(PRODUCT, "priority"), "it is `is_favorite`"),
    ("19.0", "**/*.py", r"\b_sql_constraints\b", "each is a models.Constraint"),
    ("19.0", "controllers/*.py", r"type=[\"']json[\"']", "it is `jsonrpc`"),
    ("19.0", "**/*.xml", r"\bir\.module\.category\b", "groups have a privilege"),
    ("19.0", "**/*.xml", _fields(GROUP, "category_id"), "it is `privilege_id`"),
    ("19.0", "**/*.xml", _fields(GROUP, "users"), "it is `user_ids`"),
    ("19.0", "**/*.xml", r'"groups_id"', "it is `group_ids`"),
    ("19.0", "**/*.xml", r"\bproduct\.(?:packaging|group_stock_packaging)\b", "packs are units"),
    ("19.0", "**/*.py", r"Product Unit of Measure", "the precision is called `Product Unit`"),
)


def check(addon, series):
    """:raise StepError: the folder `addon` has something outdated, or a broken file."""
    for path in sorted(addon.rglob("*.xml")):
        _parse(ElementTree.fromstring, path, addon)
    for path in sorted(addon.rglob("*.py")):
        _parse(lambda text: compile(text, "addon", "exec"), path, addon)
    for since, files, pattern, instead in OUTDATED:
        if number(series) >= number(since):
            for path in sorted(addon.glob(files)):
                _refuse(pattern, instead, path, path.relative_to(addon), series)


def _parse(parser, path, addon):
    try:
        parser(path.read_bytes())
    except SyntaxError as error:  # ElementTree's ParseError is one, too
        raise StepError(
            f"{path.relative_to(addon)} is broken after the rewrites: {error}.",
            "Write it in a simpler form, or mend the rewrite (tools/series).",
        ) from error


def _refuse(pattern, instead, path, name, series):
    found = re.search(pattern, path.read_text(encoding="utf-8"), re.DOTALL)
    if found:
        raise StepError(
            f"{name} still says `{found[0].splitlines()[0][:60]}`, but on {series} {instead}.",
            "Write it in a form that a rewrite in tools/series knows, or teach it this one.",
        )

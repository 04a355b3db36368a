"""What Odoo's scripts leave to us: one rewrite a function, from 17.0's form to a newer one.

A rewrite takes a file's text and returns the new one. Called by build(), in the order of REWRITES;
checks.py then finds what was written in a form that none of them knows.
"""

import re
from functools import partial

from ..console import StepError
from .packaging import units_for_packagings
from .upgrade_code import number

RECORDS = r'<record\b[^>]*\bmodel="{}"[^>]*>.*?</record>'
GROUPS = re.compile(RECORDS.format(r"res\.groups"), re.DOTALL)
PRODUCTS = re.compile(RECORDS.format(r"product\.(?:product|template)"), re.DOTALL)
ACTIONS = re.compile(RECORDS.format(r"ir\.actions\.\w+"), re.DOTALL)
CRONS = re.compile(RECORDS.format(r"ir\.cron"), re.DOTALL)
VERSION = re.compile(r'("version": ")17\.0(?=\.)')
CHATTER = re.compile(
    r'<div class="oe_chatter">\s*'
    r'(?:<field name="(?:message_follower_ids|activity_ids|message_ids)" />\s*)+</div>'
)
PRODUCT_TYPE = re.compile(r'^( *)<field name="detailed_type">(\w+)</field>$', re.MULTILINE)
STAR = '<field name="priority">1</field>', '<field name="is_favorite" eval="True" />'
FOREVER = '<field name="numbercall">-1</field>'
CALLS = re.compile(r'^ *<field name="(?:numbercall|doall)".*?(?:/>|</field>)\n', re.MULTILINE)
CATEGORY = re.compile(r'( *)<record id="module_category_(\w+)" model="ir\.module\.category">')
GROUP_CATEGORY = re.compile(r'name="category_id" ref="module_category_(\w+)"')
CATEGORY_TERM = re.compile(r"model:ir\.module\.category,(\w+:\w+)\.module_category_")
STORABLE = """\
{0}<field name="type">consu</field>
{0}<field name="is_storable" eval="True" />"""
PRIVILEGE = """\
{0}<record id="privilege_{1}" model="res.groups.privilege">
{0}    <field name="category_id" ref="base.module_category_sales" />"""


def manifest_version(series, text):
    """The series stands in the version."""
    text, count = VERSION.subn(rf"\g<1>{series}", text)
    if count != 1:
        raise StepError('It has no `"version": "17.0.…"`.')
    return text


def chatter(text):
    """A tag of its own in place of a div with three fields."""
    return CHATTER.sub("<chatter />", text)


def product_type(text):
    """Storable is no type any more, but a property of goods."""

    def replace(match):
        indent, kind = match.groups()
        if kind == "product":
            return STORABLE.format(indent)
        return f'{indent}<field name="type">{kind}</field>'

    return PRODUCT_TYPE.sub(replace, text)


def favourite_product(text):
    """The star of a product is a yes or no."""
    return PRODUCTS.sub(lambda match: match[0].replace(*STAR), text)


def cron_calls(text):
    """Scheduled actions run for ever; 17.0 must be told so."""
    for cron in CRONS.findall(text):
        if FOREVER not in cron:
            raise StepError(f"On 17.0 this runs only once, for it lacks {FOREVER}: {cron[:80]}")
    return CRONS.sub(lambda match: CALLS.sub("", match[0]), text)


def group_privilege(text):
    """A category of groups becomes a privilege within Odoo's own category of sales."""
    text = CATEGORY.sub(lambda match: PRIVILEGE.format(*match.groups()), text)
    return GROUPS.sub(
        lambda match: GROUP_CATEGORY.sub(r'name="privilege_id" ref="privilege_\1"', match[0]), text
    )


def translated_privilege(text):
    """Its translations follow it."""
    return CATEGORY_TERM.sub(r"model:res.groups.privilege,\1.privilege_", text)


def group_users(text):
    """The users of a group have another name."""
    return GROUPS.sub(lambda match: match[0].replace('name="users"', 'name="user_ids"'), text)


def action_groups(text):
    """The groups of an action have another name."""
    return ACTIONS.sub(lambda match: match[0].replace('name="groups_id"', 'name="group_ids"'), text)


def unit_digits(text):
    """The precision of quantities has another name; Odoo takes an unknown one in silence."""
    return text.replace('"Product Unit of Measure"', '"Product Unit"')


# (from which series on, in which files, the rewrite)
REWRITES = (
    ("18.0", "**/*.xml", chatter),
    ("18.0", "**/*.xml", product_type),
    ("18.0", "**/*.xml", favourite_product),
    ("18.0", "**/*.xml", cron_calls),
    ("19.0", "**/*.xml", group_privilege),
    ("19.0", "i18n/*.po*", translated_privilege),
    ("19.0", "**/*.xml", group_users),
    ("19.0", "**/*.xml", action_groups),
    ("19.0", "**/*.xml", units_for_packagings),
    ("19.0", "**/*.py", unit_digits),
)


def apply(addon, series):
    """Rewrite the files of the folder `addon` for `series`."""
    _edit(addon, "__manifest__.py", partial(manifest_version, series))
    for since, files, rewrite in REWRITES:
        if number(series) >= number(since):
            _edit(addon, files, rewrite)


def _edit(addon, files, rewrite):
    for path in sorted(addon.glob(files)):
        before = path.read_text(encoding="utf-8")
        try:
            after = rewrite(before)
        except StepError as error:
            raise StepError(f"{path.relative_to(addon)}: {error}") from error
        if after != before:
            path.write_text(after, encoding="utf-8")

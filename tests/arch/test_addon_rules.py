"""Rules on models, views and packaging: what they catch, and what they leave alone."""

import pytest

A = "cartona_integration"
MODEL = 'class M(models.Model):\n    _name = "marketplace.thing"\n'
EXTENSION = (
    "class M(models.Model):\n"
    '    _name = "res.partner"\n'
    '    _inherit = ["res.partner", "marketplace.mixin"]\n'
)
ACCESS = "id,name,model_id:id,group_id:id\n"
MANIFEST = '{"version": "17.0.1.0.0", "data": ["views/a.xml"]}\n'

CAUGHT = [
    (
        "models_are_named_marketplace",
        {f"{A}/models/m.py": 'class M(models.Model):\n    _name = "cartona.thing"\n'},
    ),
    (
        "every_model_has_access_rules",
        {f"{A}/models/m.py": MODEL, f"{A}/security/ir.model.access.csv": ACCESS},
    ),
    (
        "what_rpc_can_call_says_so_in_its_name",
        {f"{A}/models/m.py": f"{MODEL}    def send(self):\n        pass\n"},
    ),
    (
        "what_rpc_can_call_says_so_in_its_name",
        {f"{A}/adapters/a.py": f"{MODEL}    def token(self):\n        super().other()\n"},
    ),
    ("nobody_commits", {f"{A}/models/m.py": "def f(self):\n    self.env.cr.commit()\n"}),
    (
        "views_use_odoo_17_modifiers",
        {f"{A}/views/v.xml": "<odoo><field attrs=\"{'invisible': 1}\"/></odoo>"},
    ),
    ("views_use_odoo_17_modifiers", {f"{A}/views/v.xml": '<odoo><button states="draft"/></odoo>'}),
    ("no_secret_is_logged", {f"{A}/models/m.py": '_logger.info("%s", config.auth_token)\n'}),
    ("no_secret_is_logged", {f"{A}/models/m.py": '_logger.info("%s", values["webhook_token"])\n'}),
    ("no_secret_is_logged", {f"{A}/models/m.py": '_logger.error(f"{request.headers}")\n'}),
    ("the_manifest_lists_what_exists", {f"{A}/__manifest__.py": MANIFEST}),
    (
        "every_data_file_is_in_the_manifest",
        {f"{A}/__manifest__.py": MANIFEST, f"{A}/views/forgotten.xml": "<odoo/>"},
    ),
    (
        "the_changelog_tells_of_this_version",
        {f"{A}/__manifest__.py": MANIFEST, "CHANGELOG.md": "# C\n\n## [17.0.0.9.0] - 2024-01-01\n"},
    ),
    (
        "every_test_is_imported",
        {f"{A}/tests/__init__.py": "from . import test_a\n", f"{A}/tests/test_b.py": ""},
    ),
]

LEFT_ALONE = [
    ("models_are_named_marketplace", {f"{A}/models/m.py": MODEL}),
    ("models_are_named_marketplace", {f"{A}/models/m.py": EXTENSION}),
    (
        "every_model_has_access_rules",
        {
            f"{A}/models/m.py": MODEL,
            f"{A}/security/ir.model.access.csv": f"{ACCESS}a,a,model_marketplace_thing,\n",
        },
    ),
    (
        "what_rpc_can_call_says_so_in_its_name",
        {
            f"{A}/models/m.py": f"{MODEL}    def action_go(self):\n        pass\n"
            "    def write(self, values):\n        return super().write(values)\n"
        },
    ),
    ("no_secret_is_logged", {f"{A}/models/m.py": '_logger.info("token refused by %s", name)\n'}),
    (
        "the_manifest_lists_what_exists",
        {f"{A}/__manifest__.py": MANIFEST, f"{A}/views/a.xml": "<odoo/>"},
    ),
    (
        "every_data_file_is_in_the_manifest",
        {
            f"{A}/__manifest__.py": MANIFEST,
            f"{A}/views/a.xml": "<odoo/>",
            f"{A}/data/neutralize.sql": "-- x",
        },
    ),
    (
        "the_changelog_tells_of_this_version",
        {f"{A}/__manifest__.py": MANIFEST, "CHANGELOG.md": "# C\n\n## [17.0.1.0.0] - unreleased\n"},
    ),
    (
        "every_test_is_imported",
        {f"{A}/tests/__init__.py": "from . import test_a\n", f"{A}/tests/test_a.py": ""},
    ),
]


@pytest.mark.parametrize(("rule", "files"), CAUGHT)
def test_offence_is_caught(offences, rule, files):
    assert len(offences(rule, files)) == 1


@pytest.mark.parametrize(("rule", "files"), LEFT_ALONE)
def test_lawful_addon_is_left_alone(offences, rule, files):
    assert offences(rule, files) == []

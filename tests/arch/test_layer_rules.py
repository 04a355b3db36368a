"""The layer table, the vocabulary and the walls: what they catch, and what they leave alone."""

import pytest

A = "cartona_integration"
EXTENSION = 'class P(models.Model):\n    _inherit = "product.template"\n'

CAUGHT = [
    ("layers_import_only_what_they_may", f"{A}/utils/money.py", "import requests\n"),
    ("layers_import_only_what_they_may", f"{A}/utils/money.py", "from odoo import models\n"),
    ("layers_import_only_what_they_may", f"{A}/utils/money.py", "from ..models import x\n"),
    ("layers_import_only_what_they_may", f"{A}/const.py", "import phonenumbers\n"),
    ("layers_import_only_what_they_may", f"{A}/adapters/rest/adapter.py", "import requests\n"),
    ("layers_import_only_what_they_may", f"{A}/adapters/rest/a.py", "from urllib import request\n"),
    ("layers_import_only_what_they_may", f"{A}/adapters/rest/a.py", "from ...transport import x\n"),
    ("layers_import_only_what_they_may", f"{A}/models/flush.py", "import requests\n"),
    (
        "layers_import_only_what_they_may",
        f"{A}/models/flush.py",
        "from ..adapters import cartona\n",
    ),
    ("layers_import_only_what_they_may", f"{A}/controllers/hook.py", "from ..models import x\n"),
    ("layers_import_only_what_they_may", f"{A}/wizards/w.py", "import http.client\n"),
    ("layers_import_only_what_they_may", f"{A}/transport.py", "from odoo import api\n"),
    (
        "layers_name_only_the_models_they_may",
        f"{A}/adapters/rest/adapter.py",
        'self.env["marketplace.api"]\n',
    ),
    (
        "layers_name_only_the_models_they_may",
        f"{A}/models/marketplace_api.py",
        'self.env["sale.order"]\n',
    ),
    (
        "layers_name_only_the_models_they_may",
        f"{A}/wizards/w.py",
        'self.env["marketplace.adapter.rest"]\n',
    ),
    ("utils_have_no_environment", f"{A}/utils/money.py", "def f(r):\n    return r.env.cr\n"),
    ("adapters_start_nothing", f"{A}/adapters/rest/a.py", "self.with_delay().x()\n"),
    ("adapters_start_nothing", f"{A}/adapters/rest/a.py", "self.env.cr.commit()\n"),
    (
        "hooks_on_odoo_models_only_mark",
        f"{A}/models/product_template.py",
        f'{EXTENSION}    def f(self):\n        self.env["marketplace.api"]\n',
    ),
    ("hooks_on_odoo_models_only_mark", f"{A}/models/p.py", f"import json\n{EXTENSION}"),
    ("controllers_write_nothing_themselves", f"{A}/controllers/c.py", "record.write({})\n"),
    ("controllers_write_nothing_themselves", f"{A}/controllers/c.py", 'env["sale.order"]\n'),
    (
        "controllers_catch_no_database_error",
        f"{A}/controllers/c.py",
        "try:\n    x()\nexcept (ValueError, psycopg2.Error):\n    y()\n",
    ),
    ("screens_call_only_public_methods", f"{A}/wizards/w.py", "self.config_id._send_all()\n"),
    ("screens_call_only_public_methods", f"{A}/models/res_config_settings.py", "config._x()\n"),
    ("the_core_names_no_marketplace", f"{A}/models/m.py", 'x = "Cartona refused it"\n'),
    ("the_core_names_no_marketplace", f"{A}/models/m.py", "class CartonaThing:\n    pass\n"),
    ("the_core_names_no_marketplace", f"{A}/models/m.py", "x = 1  # as Cartona wants it\n"),
    ("the_core_names_no_marketplace", f"{A}/models/m.py", 'env["marketplace.adapter.cartona"]\n'),
    ("the_sandbox_knows_nothing_of_the_addon", "tests/sandbox/a.py", f"from {A} import const\n"),
    ("the_sandbox_knows_nothing_of_the_addon", "tests/sandbox/a.py", "import odoo\n"),
    ("the_addon_knows_nothing_of_the_sandbox", f"{A}/tests/t.py", "from tests.sandbox import x\n"),
    ("the_addon_knows_nothing_of_the_sandbox", f"{A}/models/m.py", "import fastapi\n"),
    (
        "the_token_passes_through_few_hands",
        f"{A}/models/flush.py",
        "from .secret_store import read_secret\n",
    ),
    (
        "the_token_passes_through_few_hands",
        f"{A}/models/flush.py",
        "from .marketplace_api import read_secret\n",
    ),
    ("the_token_passes_through_few_hands", f"{A}/models/m.py", "from . import secret_store\n"),
    ("the_token_passes_through_few_hands", f"{A}/models/m.py", "from ..utils import secret\n"),
    (
        "the_token_passes_through_few_hands",
        f"{A}/models/marketplace_api.py",
        "from ..utils.secret import reveal\n",
    ),
    (
        "the_token_passes_through_few_hands",
        f"{A}/models/m.py",
        'cr.execute("SELECT auth_token_secret FROM marketplace_config")\n',
    ),
    (
        "nothing_that_reads_the_token_is_a_method",
        f"{A}/models/marketplace_api.py",
        "class M(models.Model):\n    def _token(self, c):\n        return read_secret(c)\n",
    ),
]

LEFT_ALONE = [
    ("layers_import_only_what_they_may", f"{A}/utils/phone.py", "import phonenumbers\n"),
    ("layers_import_only_what_they_may", f"{A}/utils/a.py", "from urllib.parse import quote\n"),
    ("layers_import_only_what_they_may", f"{A}/transport.py", "import requests\n"),
    ("layers_import_only_what_they_may", f"{A}/models/marketplace_api.py", "import requests\n"),
    ("layers_import_only_what_they_may", f"{A}/models/m.py", "from ..utils.money import x\n"),
    (
        "layers_import_only_what_they_may",
        f"{A}/models/m.py",
        f"from odoo.addons.{A}.utils import x\n",
    ),
    ("layers_name_only_the_models_they_may", f"{A}/models/flush.py", 'env["marketplace.api"]\n'),
    ("hooks_on_odoo_models_only_mark", f"{A}/models/p.py", f"{EXTENSION}    x = 1\n"),
    (
        "controllers_write_nothing_themselves",
        f"{A}/controllers/c.py",
        'env["marketplace.inbox"]._receive(body)\n',
    ),
    ("screens_call_only_public_methods", f"{A}/wizards/w.py", "self._own()\nx.action_go()\n"),
    ("the_core_names_no_marketplace", f"{A}/models/m.py", 'x = "root.cartona.orders"\n'),
    (
        "the_core_names_no_marketplace",
        f"{A}/models/m.py",
        'cartona_id = fields.Char(\n    help="The code that Cartona gave it"\n)\n',
    ),
    ("the_core_names_no_marketplace", f"{A}/adapters/cartona/a.py", 'x = "Cartona"\n'),
    ("the_core_names_no_marketplace", f"{A}/__manifest__.py", '{"name": "Cartona"}\n'),
    (
        "the_token_passes_through_few_hands",
        f"{A}/models/marketplace_api.py",
        "from ..utils.secret import Secret\nfrom .secret_store import read_secret\n",
    ),
    (
        "nothing_that_reads_the_token_is_a_method",
        f"{A}/models/marketplace_api.py",
        "def _build_headers(config):\n    return read_secret(config)\n",
    ),
]


@pytest.mark.parametrize(("rule", "path", "text"), CAUGHT)
def test_offence_is_caught(offences, rule, path, text):
    found = offences(rule, {path: text})
    assert found and found[0].startswith(f"{path}:")


@pytest.mark.parametrize(("rule", "path", "text"), LEFT_ALONE)
def test_lawful_code_is_left_alone(offences, rule, path, text):
    assert offences(rule, {path: text}) == []


def test_adapter_using_another_adapters_words_is_caught(offences):
    files = {
        f"{A}/adapters/__init__.py": "from . import cartona, rest\n",
        f"{A}/adapters/cartona/const.py": "PATH = 1\n",
        f"{A}/adapters/rest/adapter.py": "from ..cartona.const import PATH\n",
        f"{A}/adapters/rest/other.py": "from .adapter import x\nfrom ..base import y\n",
    }
    found = offences("adapters_know_nothing_of_each_other", files)
    assert [line.split(":")[0] for line in found] == [f"{A}/adapters/rest/adapter.py"]


def test_function_copied_into_the_sandbox_is_caught(offences):
    body = "    a = 1\n    b = x + a\n    if b:\n        return b\n    return a\n"
    files = {
        f"{A}/utils/u.py": f'def one(x):\n    """Words."""\n{body}',
        "tests/sandbox/s.py": f"def two(x):\n{body}",
    }
    found = offences("the_sandbox_copies_no_code_of_the_addon", files)
    assert found == [f"tests/sandbox/s.py:1: two is a copy of code in {A}/utils/u.py"]

"""Rules on any file: length, opening, errors, tests and machines, each shown to bite."""

import pytest

A = "cartona_integration"
LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 50
# Written in pieces, so that this file keeps the rule itself.
HOME, SHARED = "/" + "root/addons", "/home" + "/me/odoo"
LOCKED = '{"resolved' + '": "https://a.example/x.tgz"}\n'
INDEX = "--index" + "-url https://a.example/simple\n"

CAUGHT = [
    ("files_are_short", f"{A}/models/m.py", "x = 1\n" * 401),
    ("files_are_short", f"{A}/views/v.xml", "<odoo>" + "\n" * 401 + "</odoo>"),
    ("functions_are_short", "tools/t.py", LONG_FUNCTION),
    ("files_open_with_what_they_own", f"{A}/models/m.py", "import os\n"),
    ("files_open_with_what_they_own", f"{A}/models/__init__.py", "x = 1\n"),
    ("files_open_with_what_they_own", "docker-compose.yml", "services:\n"),
    ("no_broad_except", "tools/t.py", "try:\n    x()\nexcept Exception:\n    pass\n"),
    ("no_broad_except", "tools/t.py", "try:\n    x()\nexcept (OSError, Exception):\n    y()\n"),
    ("no_broad_except", "tools/t.py", "try:\n    x()\nexcept:\n    y()\n"),
    ("no_test_sleeps", f"{A}/tests/test_x.py", "import time\ntime.sleep(1)\n"),
    ("no_test_sleeps", "tests/e2e/test_x.py", "from time import sleep\nsleep(1)\n"),
    ("no_test_sleeps", "tests/sandbox/tests/helper.py", "time.sleep(1)\n"),
    ("no_test_is_skipped", f"{A}/tests/test_x.py", "@unittest.skip('later')\ndef f():\n    pass\n"),
    ("no_test_is_skipped", "tests/e2e/test_x.py", "pytest.importorskip('x')\n"),
    ("no_test_is_skipped", "tests/e2e/test_x.py", "pytestmark = pytest.mark.skipif(True)\n"),
    ("nothing_of_one_machine_is_kept", "odoo.conf", f"addons_path = {HOME}\n"),
    ("nothing_of_one_machine_is_kept", "README.md", f"cd {SHARED}\n"),
    ("nothing_of_one_machine_is_kept", "tools/lint/package-lock.json", LOCKED),
    ("nothing_of_one_machine_is_kept", "requirements.txt", INDEX),
]

LEFT_ALONE = [
    ("files_are_short", f"{A}/models/m.py", "x = 1\n" * 400),
    ("functions_are_short", "tools/t.py", LONG_FUNCTION.removesuffix("    x = 1\n")),
    ("files_open_with_what_they_own", f"{A}/models/m.py", '"""What it owns."""\n'),
    ("files_open_with_what_they_own", f"{A}/models/m.py", "# What it owns.\nx = 1\n"),
    ("files_open_with_what_they_own", f"{A}/models/__init__.py", "from . import m\n"),
    ("files_open_with_what_they_own", f"{A}/utils/__init__.py", ""),
    ("no_broad_except", "tools/t.py", "try:\n    x()\nexcept OSError:\n    y()\n"),
    ("no_broad_except", "tools/t.py", "try:\n    x()\nexcept BaseException:\n    y()\n    raise\n"),
    ("no_test_sleeps", "tests/sandbox/faults.py", "await asyncio.sleep(delay)\n"),
    ("nothing_of_one_machine_is_kept", "docker-compose.yml", "- /mnt/extra-addons\n"),
    ("nothing_of_one_machine_is_kept", "README.md", "see https://example.com/docs/root/home/x\n"),
]


@pytest.mark.parametrize(("rule", "path", "text"), CAUGHT)
def test_offence_is_caught(offences, rule, path, text):
    found = offences(rule, {path: text})
    assert found and found[0].startswith(f"{path}:")


@pytest.mark.parametrize(("rule", "path", "text"), LEFT_ALONE)
def test_lawful_file_is_left_alone(offences, rule, path, text):
    assert offences(rule, {path: text}) == []

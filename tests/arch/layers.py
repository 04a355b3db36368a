"""Who may import and use what inside the addon: the design's layer table.

Run by test_repository.
"""

import ast
import sys
from dataclasses import dataclass
from fnmatch import fnmatch

from .repository import ADDON, calls, dotted, imports, last_name, model_classes, rule, strings

NETWORK = {
    "aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "socket", "ssl",
    "urllib.request", "urllib3", "xmlrpc.client",
}  # fmt: skip
# What Odoo itself depends on: at hand wherever Odoo is.
ODOO_BRINGS = {"babel", "dateutil", "lxml", "markupsafe", "psycopg2", "pytz", "werkzeug"}
PURE = frozenset({"const", "exceptions", "utils"})
DATABASE_ERRORS = {
    "DatabaseError",
    "IntegrityError",
    "InterfaceError",
    "OperationalError",
    "TransactionRollbackError",
}


@dataclass(frozen=True)
class Layer:
    """A part of the addon. The first whose pattern fits a path is the path's layer."""

    name: str
    patterns: tuple
    rooms: frozenset = PURE
    odoo: bool = True
    beyond: frozenset = frozenset()  # what it may import beyond Odoo and the standard library
    models: tuple = ()  # prefixes of the models it must not name


LAYERS = (
    Layer("utils (phone)", ("utils/phone.py",), odoo=False, beyond=frozenset({"phonenumbers"})),
    Layer("utils", ("utils/*", "const.py", "exceptions.py"), odoo=False),
    Layer(
        "transport",
        ("transport.py",),
        odoo=False,
        beyond=frozenset({"requests", "urllib3", "http.client"}),
    ),
    Layer("adapters", ("adapters/*",), rooms=PURE | {"adapters"}, models=("marketplace.api",)),
    Layer(
        "marketplace_api",
        ("models/marketplace_api*.py",),
        rooms=PURE | {"models", "transport"},
        beyond=frozenset({"requests"}),
        models=("sale.", "stock."),
    ),
    Layer("controllers", ("controllers/*",), rooms=PURE | {"controllers"}),
    Layer(
        "wizards, settings, dashboard",
        ("wizards/*", "models/res_config_settings.py", "models/*dashboard*.py"),
        rooms=PURE | {"wizards", "models"},
        models=("marketplace.api", "marketplace.adapter"),
    ),
    Layer("core", ("models/*",), rooms=PURE | {"models", "compat", "jobs", "unforeseen"}),
)


def layer_of(source):
    """:return: the source's layer, None for what wires the rooms together"""
    inside = source.path.removeprefix(f"{ADDON}/")
    return next((la for la in LAYERS if any(fnmatch(inside, p) for p in la.patterns)), None)


def _layered(repository):
    for source in repository.addon:
        layer = layer_of(source)
        if layer:
            yield source, layer


@rule
def layers_import_only_what_they_may(repository):
    for source, layer in _layered(repository):
        for node, name in imports(source):
            complaint = _objection(layer, name)
            if complaint:
                yield source.at(node, f"{layer.name} {complaint}")


def _objection(layer, name):
    name = name.removeprefix("odoo.addons.") if name.startswith(f"odoo.addons.{ADDON}") else name
    top, _, rest = name.partition(".")
    if top == ADDON:
        room = rest.split(".")[0]
        return "" if room in layer.rooms else f"must not import {room}"
    if top == "odoo":
        return "" if layer.odoo else "must not import Odoo"
    if _within(name, layer.beyond):
        return ""
    if _within(name, NETWORK):
        return f"must not open connections ({name})"
    known = top in sys.stdlib_module_names or (layer.odoo and top in ODOO_BRINGS)
    return "" if known else f"must not import {top}"


def _within(name, modules):
    return any(f"{name}.".startswith(f"{module}.") for module in modules)


@rule
def adapters_know_nothing_of_each_other(repository):
    root = f"{ADDON}.adapters"
    for source in repository.under(f"{ADDON}/adapters"):
        own = source.path.split("/")[2].removesuffix(".py")
        for node, name in imports(source):
            name = name.removeprefix("odoo.addons.")
            other = name.removeprefix(f"{root}.").split(".")[0]
            is_package = (repository.root / ADDON / "adapters" / other).is_dir()
            if name.startswith(f"{root}.") and is_package and own not in (other, "__init__"):
                yield source.at(node, f"{own} must not import the adapter {other}")


@rule
def layers_name_only_the_models_they_may(repository):
    for source, layer in _layered(repository):
        for node in strings(source):
            if layer.models and node.value.startswith(layer.models) and " " not in node.value:
                yield source.at(node, f"{layer.name} must not use the model {node.value}")


@rule
def utils_have_no_environment(repository):
    for source, layer in _layered(repository):
        if not layer.odoo:
            for node in source.nodes:
                if isinstance(node, (ast.Name, ast.Attribute)) and last_name(node) == "env":
                    yield source.at(node, f"{layer.name} must not use env")


@rule
def adapters_start_nothing(repository):
    for source in repository.under(f"{ADDON}/adapters"):
        for node in calls(source, "commit", "with_delay", "delayable"):
            yield source.at(node, f"an adapter must not call {last_name(node.func)}")


@rule
def hooks_on_odoo_models_only_mark(repository):
    """A file that extends one of Odoo's models sends nothing and words nothing."""
    for source, layer in _layered(repository):
        if layer.name == "core" and _extends_odoo(source):
            for node in strings(source):
                if node.value.startswith(("marketplace.api", "marketplace.adapter")):
                    yield source.at(node, f"a hook must not use the model {node.value}")
            for node, name in imports(source):
                if name == "json" or name.startswith("json."):
                    yield source.at(node, "a hook must not build payloads (json)")


def _extends_odoo(source):
    return any(
        not name and inherited and not inherited[0].startswith("marketplace.")
        for _node, name, inherited in model_classes(source)
    )


@rule
def controllers_write_nothing_themselves(repository):
    for source in repository.under(f"{ADDON}/controllers"):
        for node in calls(source, "create", "write", "unlink"):
            yield source.at(node, f"a controller must not call {last_name(node.func)}")
        for node in source.nodes:
            if isinstance(node, ast.Subscript) and last_name(node.value) == "env":
                model = getattr(node.slice, "value", "")
                if model not in ("marketplace.inbox", "marketplace.config"):
                    yield source.at(node, f"a controller must not use the model {model}")


@rule
def controllers_catch_no_database_error(repository):
    for source in repository.under(f"{ADDON}/controllers"):
        for node in source.nodes:
            if isinstance(node, ast.ExceptHandler) and node.type:
                caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                for kind in caught:
                    if last_name(kind) in DATABASE_ERRORS or dotted(kind).startswith("psycopg2"):
                        yield source.at(node, "a controller must leave database errors to Odoo")


@rule
def screens_call_only_public_methods(repository):
    """Wizards, settings and the dashboard go through action_*, get_* and retrieve_*."""
    for source, layer in _layered(repository):
        if layer.name.startswith("wizards"):
            for node in source.nodes:
                if isinstance(node, ast.Call) and _is_private_call(node.func):
                    yield source.at(node, f"a screen must not call {node.func.attr} of others")


def _is_private_call(function):
    if not isinstance(function, ast.Attribute) or not function.attr.startswith("_"):
        return False
    if function.attr.startswith("__") or function.attr in ("_", "_for_xml_id"):
        return False
    own = dotted(function.value) in ("self", "cls")
    is_super = isinstance(function.value, ast.Call) and last_name(function.value.func) == "super"
    return not own and not is_super

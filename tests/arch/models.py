"""How the addon's models are named, protected and called from outside. Run by test_repository."""

import ast
import csv
import io

from lxml import etree

from .repository import ADDON, calls, last_name, model_classes, rule

PUBLIC = ("action_", "get_", "retrieve_")
CALLED_BY_ODOO = {"init"}
# (path, function): why it commits by itself.
COMMITS = {
    (f"{ADDON}/models/marketplace_wake.py", "_after_commit"): "what was committed before is over, "
    "and a cursor of its own would be one more connection for every saved price",
}


def _classes(repository):
    for source in repository.addon:
        for node, name, inherited in model_classes(source):
            yield source, node, name, inherited


@rule
def models_are_named_marketplace(repository):
    for source, node, name, _inherited in _classes(repository):
        if name and not name.startswith("marketplace."):
            yield source.at(node, f"the model {name} must be called marketplace.…")


@rule
def every_model_has_access_rules(repository):
    granted = set()
    for source in repository.under(f"{ADDON}/security", ends=".csv"):
        for row in csv.DictReader(io.StringIO(source.text)):
            granted.add((row.get("model_id:id") or row.get("model_id/id") or "").split(".")[-1])
    for source, node, name, _inherited in _classes(repository):
        stored = {last_name(base) for base in node.bases} & {"Model", "TransientModel"}
        if name and stored and f"model_{name.replace('.', '_')}" not in granted:
            yield source.at(node, f"{name} has no line in security/ir.model.access.csv")


@rule
def what_rpc_can_call_says_so_in_its_name(repository):
    """A method without an underscore can be called by any user over RPC."""
    for source, node, _name, _inherited in _classes(repository):
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and not _may_be_public(method):
                yield source.at(
                    method,
                    f"{method.name} can be called over RPC: start it with _ or {', '.join(PUBLIC)}",
                )


def _may_be_public(method):
    if method.name.startswith(("_", *PUBLIC)) or method.name in CALLED_BY_ODOO:
        return True
    return any(_calls_super(node, method.name) for node in ast.walk(method))


def _calls_super(node, name):
    """An override of one of Odoo's own public methods keeps Odoo's name."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.value, ast.Call)
        and last_name(node.value.func) == "super"
    )


@rule
def nobody_commits(repository):
    for source in repository.addon:
        for function in source.nodes:
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if _is_commit(node) and (source.path, function.name) not in COMMITS:
                        yield source.at(node, f"{function.name} must not commit")


def _is_commit(node):
    return isinstance(node, ast.Call) and last_name(node.func) == "commit"


@rule
def views_use_odoo_17_modifiers(repository):
    for source in repository.under(ADDON, ends=".xml"):
        tree = etree.fromstring(source.text.encode())
        for element in tree.iter(etree.Element):
            for attribute in {"attrs", "states"} & set(element.attrib):
                yield source.at(element.sourceline, f"{attribute}= is gone: write invisible=…")


@rule
def no_secret_is_logged(repository):
    """No logging call is given a secret, nor the headers that carry one."""
    secrets = {
        "auth_token", "webhook_token", "webhook_token_previous", "secret", "password",
        "authorization", "headers", "signature", "token",
    }  # fmt: skip
    levels = ("debug", "info", "warning", "error", "exception", "critical", "log")
    for source in repository.addon:
        for call in calls(source, *levels):
            if "log" not in last_name(getattr(call.func, "value", None)).lower():
                continue
            for node in (part for argument in call.args for part in ast.walk(argument)):
                if _mentioned(node).lower() in secrets:
                    yield source.at(call, f"a log line must not mention {_mentioned(node)}")


def _mentioned(node):
    """The name of a variable, an attribute or a key in brackets."""
    if isinstance(node, ast.Subscript):
        return str(getattr(node.slice, "value", ""))
    return last_name(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""

"""What Odoo and people are told about the addon is true. Run by test_repository."""

import ast
import re

from .repository import ADDON, imports, rule

LOADED = ("data", "demo", "security", "views", "wizards", "report")
# Odoo runs it by its name, without a word in the manifest.
BY_NAME = {"data/neutralize.sql"}


def _manifest(repository):
    """:return: (the manifest's source, its dictionary), or None when there is no addon"""
    for source in repository.under(ADDON, ends="__manifest__.py"):
        return source, ast.literal_eval(source.text)
    return None


@rule
def the_manifest_lists_what_exists(repository):
    found = _manifest(repository)
    if found:
        source, manifest = found
        assets = [a for bundle in manifest.get("assets", {}).values() for a in bundle]
        own = [a.removeprefix(f"{ADDON}/") for a in assets if isinstance(a, str)]
        for name in (*manifest.get("data", ()), *manifest.get("demo", ()), *own):
            if not list((repository.root / ADDON).glob(name)):
                yield source.at(1, f"{name} does not exist")


@rule
def every_data_file_is_in_the_manifest(repository):
    found = _manifest(repository)
    if found:
        listed = {*found[1].get("data", ()), *found[1].get("demo", ()), *BY_NAME}
        folders = [f"{ADDON}/{folder}" for folder in LOADED]
        for source in repository.under(*folders, ends=(".xml", ".csv", ".sql")):
            if source.path.removeprefix(f"{ADDON}/") not in listed:
                yield source.at(1, "not in the manifest: Odoo never loads it")


@rule
def the_changelog_tells_of_this_version(repository):
    found = _manifest(repository)
    if found:
        changelog = next(iter(repository.under("", ends="CHANGELOG.md")), None)
        newest = re.search(r"^## \[?([\d.]+)", changelog.text if changelog else "", re.MULTILINE)
        version = found[1].get("version")
        if not newest or newest[1] != version:
            yield f"CHANGELOG.md: its first version must be the manifest's {version}"


@rule
def every_test_is_imported(repository):
    """Odoo runs only the test files that the package imports."""
    package = f"{ADDON}/tests"
    imported = {
        name.removeprefix(f"{ADDON}.tests.").split(".")[0]
        for source in repository.under(package)
        if source.path == f"{package}/__init__.py"
        for _node, name in imports(source)
    }
    for source in repository.under(package):
        name = source.path.removeprefix(f"{package}/").removesuffix(".py")
        if name.startswith("test_") and name not in imported:
            yield source.at(1, f"not imported in {package}/__init__.py: it never runs")

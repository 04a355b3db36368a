"""`make i18n`: refresh i18n/ from what Odoo exports; every translation that still fits is kept.

Standard library only, but for `merge`, which runs in Odoo's own environment (it has polib).
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

from . import installation, ownership, template
from .console import say, step
from .odoo_source import SOURCE_SERIES
from .paths import ADDON, LOCAL, ROOT
from .process import run

FOLDER = ROOT / ADDON / "i18n"
HEADER = {
    "Project-Id-Version": f"Odoo Server {SOURCE_SERIES}",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
ARABIC = {
    "Language": "ar",
    "Plural-Forms": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5;",
}


def refresh(_options=None):
    """Refresh the translation files (i18n/) from the addon's sources."""
    with installation.prepare(SOURCE_SERIES) as ready:
        template_file = _export(ready)
        command = [ready.python, "-m", "tools.i18n", template_file, *ready.odoo.addons]
        run(command, "i18n-merge.log", what="Merging the translations", cwd=ROOT)
    say((LOCAL / "log" / "i18n-merge.log").read_text().rstrip())
    return 0


def _export(ready):
    """:return: the file with what Odoo exports of a fresh installation without demo data"""
    database = ownership.name_for_run(ready.server, "i18n")
    target = LOCAL / f"{ADDON}.pot"
    template.new_database(ready, database)
    try:
        with step("Installing the addon and exporting its strings"):
            for arguments in (
                [f"--init={ADDON}", "--without-demo=all", "--stop-after-init"],
                [f"--i18n-export={target}", f"--modules={ADDON}"],
            ):
                command = ready.command("server", f"--database={database}", "--no-http", *arguments)
                environment = ready.environment
                run(command, "i18n.log", what="Exporting the strings", env=environment)
    finally:
        template.drop_database(ready, database)
    return target


def merge(template_file, *addons, folder=FOLDER):
    """Write the template and ar.po. :return: (number of strings, those that lack their Arabic)"""
    import polib

    folder.mkdir(exist_ok=True)
    fresh = _without_demo(polib.pofile(str(template_file)))
    fresh.metadata, fresh.header = dict(HEADER), ""
    fresh.save(str(folder / f"{ADDON}.pot"))
    arabic = folder / "ar.po"
    known = {**_of_odoo(polib, addons), **_translations(polib, arabic)}
    fresh.metadata = HEADER | ARABIC
    for entry in fresh:
        entry.msgstr = known.get(entry.msgid, "")
    fresh.save(str(arabic))
    return len(fresh), [entry.msgid for entry in fresh if not entry.msgstr]


def _without_demo(entries):
    """Demo records are exported where they are installed; people replace them by their own."""
    demo = set()
    for file in (ROOT / ADDON / "demo").glob("*.xml"):
        demo.update(node.get("id") for node in ElementTree.parse(file).iter() if node.get("id"))
    demo = {f"{ADDON}.{name.removeprefix(f'{ADDON}.')}" for name in demo}
    for entry in list(entries):
        entry.occurrences = [o for o in entry.occurrences if o[0].split(":")[-1] not in demo]
        if not entry.occurrences:
            entries.remove(entry)
    return entries


def _of_odoo(polib, addons):
    """Odoo's own words for the labels that its mixins bring, such as "Created on"."""
    words = {}
    for name in ("mail", "base"):
        for folder in addons:
            words.update(_translations(polib, Path(folder, name, "i18n", "ar.po")))
    return words


def _translations(polib, file):
    entries = polib.pofile(str(file)) if file.exists() else []
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr and not entry.fuzzy}


if __name__ == "__main__":
    total, missing = merge(*sys.argv[1:])
    print(f"i18n: {total} strings, {len(missing)} without Arabic")
    print("\n".join(f"  {text!r}" for text in missing))

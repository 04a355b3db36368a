"""Every string that users see has its Arabic: what Odoo exports is compared with i18n/.

`make i18n` brings the files up to date; only the Arabic itself is then left to write.
"""

import io
import re
from collections import Counter
from pathlib import Path

import polib
from lxml import etree

from odoo.release import series
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

ADDON = "cartona_integration"
FOLDER = Path(__file__).parent.parent
SOURCE_SERIES = "17.0"
# Codes and proper names that Egyptian commerce writes in Latin letters too.
LATIN_IN_ARABIC = {"ID", "URL"}
PERCENT = re.compile(r"%(?:\((\w+)\))?[-+#0]*[\d.]*[a-z%]")
BRACES = re.compile(r"\$?\{[^{}]*\}")
MARKUP = re.compile(r"</?[a-z]\w*|\bhref=\"[^\"]*\"")
LETTERS = re.compile(r"[A-Za-z]")
ARABIC = re.compile(r"[\u0621-\u064a]")


def exported(env):
    """:return: what Odoo itself would export as the addon's template, without demo data"""
    buffer = io.BytesIO()
    trans_export(False, [ADDON], buffer, "po", env.cr if series == SOURCE_SERIES else env)
    demo = _demo_ids()
    for entry in (template := polib.pofile(buffer.getvalue().decode())):
        entry.occurrences = [o for o in entry.occurrences if o[0].split(":")[-1] not in demo]
    return {entry.msgid: entry for entry in template if entry.occurrences}


def _demo_ids():
    """:return: `addon.id` of every record in demo/, which people replace by their own"""
    identifiers = set()
    for file in FOLDER.glob("demo/*.xml"):
        identifiers.update(etree.parse(file).xpath("//*[@id]/@id"))
    for file in FOLDER.glob("demo/*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines()[1:]
        identifiers.update(line.split(",")[0].strip('"') for line in lines)
    return {f"{ADDON}.{name.removeprefix(f'{ADDON}.')}" for name in identifiers}


def places(entries):
    """:return: every (text, where it stands): Odoo translates a text only where a file says so"""
    return {(e.msgid, place) for e in entries for place, _line in e.occurrences}


def faults(entry):
    """:return: what is wrong with one translation, in words"""
    source, arabic = entry.msgid, entry.msgstr
    if entry.fuzzy or not arabic.strip():
        return ["not translated"]
    found = []
    words = MARKUP.sub("", BRACES.sub("", PERCENT.sub("", source)))
    if LETTERS.search(words) and source not in LATIN_IN_ARABIC:
        if arabic == source:
            found.append("the same as the English")
        elif not ARABIC.search(arabic):
            found.append("no Arabic letter")
    if _placeholders(entry, source) != _placeholders(entry, arabic):
        found.append("a placeholder was lost, added or moved")
    if Counter(MARKUP.findall(source)) != Counter(MARKUP.findall(arabic)):
        found.append("the markup differs")
    return found


def _placeholders(entry, text):
    """Named ones may change places in a sentence, others may not."""
    in_code = any(place.startswith("code:") for place, _line in entry.occurrences)
    percent = list(PERCENT.finditer(text)) if in_code else []
    positional = [match[0] for match in percent if not match[1]]
    named = [match[0] for match in percent if match[1]] + BRACES.findall(text)
    return positional, sorted(named)


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.exported = exported(cls.env)
        cls.template = polib.pofile(str(FOLDER / "i18n" / f"{ADDON}.pot"))
        cls.arabic = polib.pofile(str(FOLDER / "i18n" / "ar.po"))

    def _assert_none(self, found, complaint):
        if found:
            self.fail(f"{complaint} (make i18n):\n" + "\n".join(map(str, sorted(found))))

    def test_every_string_has_its_arabic(self):
        if series == SOURCE_SERIES:
            wanted, known = places(self.exported.values()), places(self.arabic)
        else:  # other series put other labels on inherited fields
            wanted = {
                text
                for text, place in places(self.exported.values())
                if not place.startswith("model:ir.model.fields,")
            }
            known = {entry.msgid for entry in self.arabic}
        self._assert_none(wanted - known, "missing in ar.po")

    def test_no_translation_outlives_its_string(self):
        if series == SOURCE_SERIES:
            stale = places(self.arabic) - places(self.exported.values())
            self._assert_none(stale, "stale in ar.po")
        self.assertFalse(self.arabic.obsolete_entries())

    def test_template_lists_the_same_strings(self):
        self.assertEqual(places(self.template), places(self.arabic))

    def test_every_translation_is_sound(self):
        found = [f"{e.msgid!r}: {', '.join(words)}" for e in self.arabic if (words := faults(e))]
        self._assert_none(found, "in ar.po")

    def test_unsound_translations_are_noticed(self):
        for source, arabic in (
            ("Price", ""),
            ("Price", "Price"),
            ("Price", "Preis"),
            ("%s of %s", "%s من"),
            ("%s of %d", "%d من %s"),
            ("%(now)s to %(next)s", "%(now)s إلى %(then)s"),
            ("Hello {name}", "أهلا"),
            ("Press <b>Save</b>", "اضغط حفظ"),
        ):
            with self.subTest(source=source, arabic=arabic):
                self.assertTrue(self._faults(source, arabic))

    def test_sound_translations_are_left_alone(self):
        for source, arabic in (
            ("Price", "السعر"),
            ("URL", "URL"),
            ("%s: %s", "%s: %s"),
            ("%(now)s to %(next)s", "إلى %(next)s من %(now)s"),
            ("Press <b>Save</b>", "اضغط <b>حفظ</b>"),
        ):
            with self.subTest(source=source, arabic=arabic):
                self.assertEqual(self._faults(source, arabic), [])

    def _faults(self, source, arabic):
        place = ("code:addons/some/file.py", "0")
        return faults(polib.POEntry(msgid=source, msgstr=arabic, occurrences=[place]))

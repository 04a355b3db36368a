# Product names as comparable words, however they are written: Arabic letters that are mixed up in
# everyday spelling, Arabic digits, sizes with or without a blank. Pure.
import re
import unicodedata

# Alef with its hamzas, alef maksura, taa marbuta, hamza on its seats; tatweel and vowel signs go.
_FROM = "أإآٱىةؤئ"
_TO = "اااايهوي"
_LETTERS = str.maketrans(_FROM, _TO, "ـء")
_WORDS = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")


def fold(text):
    """A text in the one spelling that is compared."""
    decomposed = unicodedata.normalize("NFKC", text or "").translate(_LETTERS)
    plain = unicodedata.normalize("NFD", decomposed)
    kept = "".join(char for char in plain if unicodedata.category(char) != "Mn")
    return "".join(_digit(char) for char in kept.lower())


def split(text):
    """The words and numbers of a name, folded: "زيت ٥٠٠مل" is {"زيت", "500", "مل"}."""
    return {word.replace(",", ".") for word in _WORDS.findall(fold(text))}


def compare(one, other):
    """How much two names have in common: 0 nothing, 1 all of their words."""
    first, second = split(one), split(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _digit(char):
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)

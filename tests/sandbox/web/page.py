"""Serves the page on which a person plays the retailer; all data comes from /_sandbox/."""

import json
from html import escape
from pathlib import Path
from string import Template

from fastapi import APIRouter, Header
from starlette.responses import HTMLResponse

HERE = Path(__file__).parent
TEMPLATE = Template((HERE / "index.html").read_text(encoding="utf-8"))
WORDS = {
    lang: json.loads((HERE / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("ar", "en")
}

router = APIRouter()


@router.get("/")
async def index(lang: str = "", accept_language: str = Header("")):
    lang = lang if lang in WORDS else _find_language(accept_language)
    words = {name: escape(text) for name, text in WORDS[lang].items()}
    return HTMLResponse(
        TEMPLATE.substitute(
            words,
            lang=lang,
            direction="rtl" if lang == "ar" else "ltr",
            other_lang="en" if lang == "ar" else "ar",
            words=json.dumps(WORDS[lang], ensure_ascii=False).replace("<", "\\u003c"),
        )
    )


def _find_language(accepted):
    """What the browser likes best of the languages that the page has; Arabic for all others."""
    ranked = []
    for entry in accepted.lower().split(","):
        name, _semicolon, quality = entry.partition(";")
        lang = name.strip().split("-")[0]
        if lang in WORDS:
            ranked.append((_read_quality(quality), lang))
    return max(ranked, key=lambda one: one[0], default=(0, "ar"))[1]


def _read_quality(text):
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0

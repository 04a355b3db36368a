"""Serves the page on which a person plays the retailer; all data comes from /_sandbox/."""

import json
from html import escape
from pathlib import Path
from string import Template

from fastapi import APIRouter
from starlette.responses import HTMLResponse

HERE = Path(__file__).parent
TEMPLATE = Template((HERE / "index.html").read_text(encoding="utf-8"))
WORDS = {
    lang: json.loads((HERE / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("ar", "en")
}

router = APIRouter()


@router.get("/")
async def index(lang: str = "ar"):
    lang = lang if lang in WORDS else "ar"
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

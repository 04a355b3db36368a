"""rtlcss, by which Odoo turns its screens right-to-left for Arabic: from npm, for this clone.

Without it Odoo warns and stays left-to-right. Called by installation.
"""

import os
import sys

from .console import StepError, say
from .lint.toolchain import NodeMissing, node_tools
from .paths import LOCAL

WRAPPERS = LOCAL / "bin"


def prepare(python=sys.executable):
    """:return: the PATH under which Odoo finds rtlcss, or today's PATH without it"""
    try:
        tools = node_tools(python)
    except (NodeMissing, StepError) as missing:
        say(f"  NO RTLCSS: Arabic screens stay left-to-right. {missing}")
        return os.environ["PATH"]
    WRAPPERS.mkdir(parents=True, exist_ok=True)
    wrapper = WRAPPERS / "rtlcss"
    wrapper.write_text(
        f'#!/bin/sh\nexec "{tools.node}" "{tools.modules / "rtlcss/bin/rtlcss.js"}" "$@"\n'
    )
    wrapper.chmod(0o755)
    return f"{WRAPPERS}{os.pathsep}{os.environ['PATH']}"

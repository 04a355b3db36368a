"""Where things live: what clones share (CACHE) and what belongs to this clone alone (LOCAL, BUILD).

Used by every other module here.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDON = "cartona_integration"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").resolve() / ADDON
LOCAL = ROOT / ".local"
LOGS = LOCAL / "log"
BUILD = ROOT / "build"

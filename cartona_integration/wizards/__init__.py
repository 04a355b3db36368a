from . import marketplace_explanation
from . import marketplace_fetch

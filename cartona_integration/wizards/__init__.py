from . import marketplace_explanation

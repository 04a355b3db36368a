# Cartona's dialect.
from . import adapter

# Cartona's dialect.
from . import adapter
from . import outbound

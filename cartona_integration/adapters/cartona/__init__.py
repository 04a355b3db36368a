# Cartona's dialect.
from . import adapter
from . import catalogue
from . import outbound

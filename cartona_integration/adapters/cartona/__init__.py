# Cartona's dialect.
from . import adapter
from . import catalogue
from . import outbound
from . import inbound
from . import orders

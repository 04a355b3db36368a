from . import marketplace_explanation
from . import marketplace_fetch
from . import marketplace_map
from . import marketplace_map_line
from . import marketplace_map_customer

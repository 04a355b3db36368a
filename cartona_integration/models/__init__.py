# The addon's models, one a file; the order is that of building them.
from . import marketplace_config
from . import marketplace_config_policies
from . import marketplace_config_connection
from . import marketplace_endpoint
from . import marketplace_api
from . import marketplace_api_words
from . import marketplace_sync_log
from . import res_company
from . import res_config_settings

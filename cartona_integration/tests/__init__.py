# Every test file is imported here, or it would never run.
from . import test_addresses
from . import test_backoff
from . import test_config
from . import test_connection
from . import test_hooks
from . import test_neutralize
from . import test_outbound
from . import test_outbound_faults
from . import test_redaction
from . import test_security
from . import test_settings_tour
from . import test_sync_log
from . import test_translations
from . import test_transport

"""Sets up the connection of a stage as a person would: token, test, go live, first sync."""

from .moments import Moments
from .products import code

BATCH = 50
TIMEOUT = 2  # seconds that a call waits for its answer


def connect(installation, rpc, database, address, products):
    """:return: the id of a live connection whose products are all in step"""
    prefix = code(0)[:-5]
    config = rpc.call(
        "marketplace.config",
        "create",
        {
            "name": "Chaos",
            "api_base_url": address,
            "auth_token": "sandbox-token",
            "deployment": "supplier",
            "scope_domain": f"[('default_code', '=like', '{prefix}%')]",
            "batch_size": 500,
            "timeout": 30,
        },
    )
    rpc.call("marketplace.config", "action_test_connection", [config])
    rpc.call("marketplace.config", "action_go_live", [config])
    moments = Moments(installation, database, rpc)
    moments.settle(within=120 + len(products) / 20)
    rpc.call("marketplace.config", "write", [config], {"batch_size": BATCH, "timeout": TIMEOUT})
    return config

# Words that several rooms share: states, modes, topics, channels, system parameters.

ROOT_CHANNEL = "root.cartona"

# What travels together travels in one lane: its kinds share a call, a channel and its shards.
PRODUCT_LANE = "product"
SCOPE_LANE = "scope"
LANE_CHANNELS = {
    PRODUCT_LANE: f"{ROOT_CHANNEL}.push",
    SCOPE_LANE: f"{ROOT_CHANNEL}.push",
}
# The kind of a mark by which the engine looks again, although nobody has changed anything.
LOOK = "look"
# Shards of one lane are sent side by side; a slow call holds back its own shard only.
SHARDS = 4

STATES = [
    ("draft", "Draft"),
    ("connected", "Connected"),
    ("live", "Live"),
    ("paused", "Paused"),
]

# Which state may follow which; the only place that knows.
STATE_TRANSITIONS = {
    "draft": {"connected"},
    "connected": {"draft", "live"},
    "live": {"draft", "paused"},
    "paused": {"draft", "connected", "live"},
}

MODES = [
    ("off", "Off"),
    ("observe", "Observe: compute and log, send nothing"),
    ("live", "Live"),
]

TOPICS = [
    ("connection", "Connection"),
    ("product", "Products"),
    ("price", "Prices"),
    ("stock", "Stock"),
    ("publication", "Publication"),
    ("order", "Orders"),
    ("status", "Order statuses"),
]

# Hosts that the operator of this Odoo trusts although they are private or speak plain http
# (comma separated), for example a sandbox in the same Docker network.
PARAM_TRUSTED_HOSTS = "cartona_integration.trusted_hosts"
PARAM_LOG_DAYS = "cartona_integration.log_days"
LOG_DAYS = 30
PARAM_HISTORY_DAYS = "cartona_integration.history_days"
HISTORY_DAYS = 90

# Why a price is kept back although it could be sent: nobody has decided about it, or against it.
HELD_CHANGE = "held_change"
HELD_REJECTED = "held_rejected"
# What managers are called for.
ALERT_PRICE_CHANGE = "price_change"

LISTING_STATUSES = [
    ("never", "Never sent"),
    ("waiting", "Waiting"),
    ("in_step", "In step"),
    ("held", "Held"),
    ("rejected", "Rejected"),
    ("missing", "Not on the marketplace"),
    ("off", "Off"),
]

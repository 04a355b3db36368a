# Words that several rooms share: states, modes, topics, channels, system parameters.

ROOT_CHANNEL = "root.cartona"

# What travels together travels in one lane: its kinds share a call, a channel and its shards.
PRODUCT_LANE = "product"
SCOPE_LANE = "scope"
ACK_LANE = "ack"
# Not sent, but taken in, shard by shard in the same way.
INBOX_LANE = "inbox"
LANE_CHANNELS = {
    PRODUCT_LANE: f"{ROOT_CHANNEL}.push",
    SCOPE_LANE: f"{ROOT_CHANNEL}.push",
    ACK_LANE: f"{ROOT_CHANNEL}.status",
    INBOX_LANE: f"{ROOT_CHANNEL}.orders",
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
ALERT_EVENTS = "events"
ALERT_EMPTY_CATALOGUE = "empty_catalogue"

LISTING_STATUSES = [
    ("never", "Never sent"),
    ("waiting", "Waiting"),
    ("in_step", "In step"),
    ("held", "Held"),
    ("rejected", "Rejected"),
    ("missing", "Not on the marketplace"),
    ("off", "Off"),
]

ORDER_STATUSES = [
    ("pending", "Pending"),
    ("editing", "Being edited by the customer"),
    ("approved", "Approved"),
    ("assigned_to_salesman", "Out for delivery"),
    ("delivered", "Delivered"),
    ("cancelled_by_retailer", "Cancelled by the customer"),
    ("cancelled_by_supplier", "Cancelled by us"),
    ("returned", "Returned"),
]
# How far along an order is: what arrives late never takes it back. Equal ranks can follow each
# other in any order, so only the marketplace's own list decides between them.
STATUS_RANKS = {
    "pending": 0,
    "editing": 0,
    "approved": 1,
    "assigned_to_salesman": 2,
    "delivered": 3,
    "cancelled_by_retailer": 3,
    "cancelled_by_supplier": 3,
    "returned": 3,
}
CANCELLED_STATUSES = {"cancelled_by_retailer", "cancelled_by_supplier", "returned"}

INBOX_STATES = [
    ("received", "In progress"),
    ("done", "Done"),
    ("held", "Held"),
    ("quarantined", "Quarantined"),
    ("ignored", "Ignored"),
]
# Which state of an event may follow which.
INBOX_TRANSITIONS = {
    "received": {"done", "held", "quarantined", "ignored"},
    "held": {"received", "done", "quarantined", "ignored"},
    "quarantined": {"received", "held", "ignored"},
    "ignored": {"received"},
    "done": {"received"},
}
# Why an event waits or was put aside, where the engine itself asks for it.
UNDECIDED_CODE = "undecided"
TWO_VERSIONS = "two_versions"
STALE_CODE = "stale"
REPEATED = "repeated"
SUPERSEDED = "superseded"
FIRST_SEEN_DELIVERED = "first_seen_delivered"
CRASHED = "crashed"
TRIED_IN_VAIN = "tried_in_vain"
BY_PERSON = "by_person"
# Held only because the connection takes no orders in at the moment.
NOT_TAKEN = {"off": "orders_off", "observe": "observed"}
PARAM_INBOX_DAYS = "cartona_integration.inbox_days"
INBOX_DAYS = 90

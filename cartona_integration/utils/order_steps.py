# What becomes of a sales order when the marketplace tells a status of it, by how far the order has
# come here: the one place that knows. Whether a message is news at all is told by precedence.py.

# How far an order has come here.
QUOTATION = "quotation"
CONFIRMED = "confirmed"
PICKING = "picking"  # goods have been taken from their shelves
SHIPPED = "shipped"  # goods have left
INVOICED = "invoiced"  # the customer has an invoice
CANCELLED = "cancelled"
STAGES = (QUOTATION, CONFIRMED, PICKING, SHIPPED, INVOICED, CANCELLED)
# What the customer changes is carried out by itself as long as nobody has taken anything.
CHANGEABLE = {QUOTATION, CONFIRMED}

# What is done. The status is noted with each of them but the last one.
NOTE = "note"  # nothing else
CONFIRM = "confirm"  # as soon as nothing holds the order
CANCEL = "cancel"
CALL_OFF = "call off"  # goods or an invoice are out: nothing more goes, a person takes them back
REVIVED = "revived"  # cancelled here, and the marketplace goes on with it: a person decides

_WAITS = dict.fromkeys(STAGES, NOTE) | {CANCELLED: REVIVED}
_GOES_ON = _WAITS | {QUOTATION: CONFIRM}
# The customer has the goods: whether a quotation is to take them from stock, a person decides.
_IS_OVER = _WAITS
_IS_OFF = {
    QUOTATION: CANCEL,
    CONFIRMED: CANCEL,
    PICKING: CANCEL,
    SHIPPED: CALL_OFF,
    INVOICED: CALL_OFF,
    CANCELLED: NOTE,
}
STEPS = {
    "pending": _WAITS,
    "editing": _WAITS,
    "approved": _GOES_ON,
    "assigned_to_salesman": _GOES_ON,
    "delivered": _IS_OVER,
    "cancelled_by_retailer": _IS_OFF,
    "cancelled_by_supplier": _IS_OFF,
    "returned": _IS_OFF,
}

"""A scenario of a person who corrects a contact in the very moment in which an order that needs the
correction is put aside: neither of the two transactions sees the other one."""

import threading

from .inbound_end_state import check_orders
from .late_commit import DOOR, IN_FRONT, closed_door
from .market import Market
from .waiting import wait_until

# What the transaction does last of all is to wait in front of a door.
BUILD_DOOR = """
    CREATE FUNCTION chaos_correction() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock({door}); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER chaos_correction AFTER UPDATE ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({row})
    EXECUTE FUNCTION chaos_correction();
"""
TAKE_DOOR_AWAY = """
    DROP TRIGGER chaos_correction ON {table}; DROP FUNCTION chaos_correction();
"""
PUT_ASIDE = """
    SELECT count(*) FROM marketplace_inbox WHERE remote_id = '{}' AND state = 'quarantined'
"""
ORDER_OF = "SELECT partner_id FROM sale_order WHERE cartona_id = '{}'"
NUMBER, OTHER_NUMBER = "+201155500001", "+201155500002"
ORDER, CORRECTION = ("order", "correction")


def correction_meanwhile(world, random, figures, late):
    """Two contacts have the number of an order without a code, until one is corrected.

    :param late: which of the two commits last, without having seen the other one
    """
    market = Market(world, random)
    market.listen()
    values = [{"name": name, "phone": NUMBER} for name in ("Right", "Wrong")]
    right, wrong = world.rpc.call("res.partner", "create", values)
    correct = threading.Thread(
        target=world.new_rpc().call,
        args=("res.partner", "write", [wrong], {"phone": OTHER_NUMBER}),
        daemon=True,
    )
    table = "res_partner" if late == CORRECTION else "marketplace_inbox"
    row = f"NEW.id = {wrong}" if late == CORRECTION else "NEW.state = 'quarantined'"
    world.moments.sql(BUILD_DOOR.format(door=DOOR, table=table, row=row))
    with closed_door(world):
        if late == CORRECTION:
            correct.start()
            wait_at_door(market)
            order = place(market)
            wait_until(lambda: market.count(PUT_ASIDE.format(order)), 60, "it is put aside")
        else:
            order = place(market)
            wait_at_door(market)
            correct.start()
            correct.join()
    correct.join()
    market.rest()
    found = world.moments.sql(ORDER_OF.format(order))
    assert found == [str(right)], f"the order is of {found}, not of {right}"
    world.moments.sql(TAKE_DOOR_AWAY.format(table=table))
    figures.update(late=late, polls=market.settle())
    check_orders(market)


def wait_at_door(market):
    wait_until(lambda: market.count(IN_FRONT), 60, "what commits late is at its end")


def place(market):
    retailer = {"retailer_name": "Right", "retailer_code": None, "retailer_number": NUMBER}
    return market.place(retailer=retailer)

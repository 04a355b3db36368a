# Which step may follow which, as a question to a table.


def may_follow(table, current, target):
    """Whether ``table`` ({state: {next states}}) lets ``target`` follow ``current``."""
    return target == current or target in table.get(current, ())

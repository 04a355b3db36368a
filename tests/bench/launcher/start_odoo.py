"""Starts Odoo by a script, as its packages do: started by `python -m odoo`, a prefork server tries
without end to start its event process. Here that one only waits: nobody chats in a benchmark.

Used by tests/bench/conftest.py.
"""

import signal
import sys


def main():
    if sys.argv[1] == "gevent":
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pause()
    import odoo.cli

    odoo.cli.main()


if __name__ == "__main__":
    main()

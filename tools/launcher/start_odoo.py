"""Starts Odoo as its own script does, whatever the layout of its source.

`python -m odoo` can't: a server with workers starts its websocket process as `<this file>
gevent`, and the package's own `__main__` can't be run as a file. Called by installation.
"""

import os

os.environ["TZ"] = "UTC"  # before anything looks at the clock, as Odoo's own script does

import odoo.cli  # noqa: E402

if __name__ == "__main__":
    odoo.cli.main()

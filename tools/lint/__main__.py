"""`python3 -m tools.lint [--fix]`."""

import sys

from . import main

sys.exit(main(sys.argv[1:]))

"""`python -m placedex` is the command `placedex`."""

import sys

from placedex.cli import main

sys.exit(main())

"""`python -m sevclass`: the command line."""

import sys

from sevclass.cli import main

sys.exit(main())

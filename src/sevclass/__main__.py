"""`python -m sevclass`: the command line."""

import sys

try:
    from sevclass.cli import main
except KeyboardInterrupt:
    sys.exit(130)

sys.exit(main())

"""`python -m hsb_desktop` starts the window."""

import sys

from hsb_desktop.app import main

sys.exit(main())

"""Where what Python makes of the sources is kept; to be imported before anything of the program.

Where nothing is to be left beside the sources, each process would put the program and the tests together anew: seven
seconds of each worker, two of each server's parent and of each command. It is kept where pytest keeps its own things.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

COMPILED = str(Path(__file__).resolve().parent.parent / ".pytest_cache" / "compiled")
if sys.dont_write_bytecode:
    sys.dont_write_bytecode, sys.pycache_prefix = False, COMPILED
    # Processes of the tests' own do as this one does.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = COMPILED

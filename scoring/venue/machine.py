"""What this server is to the venue: which run of it this is, by which address it is reached, how full its disk is."""

from __future__ import annotations

import shutil
from urllib.parse import urlsplit

from flask import current_app

from scoring.board.views.rehearsal import Machine
from scoring.services import RUN
from scoring.venue.addresses import is_own_only, server_address


def machine_now() -> Machine:
    """The server as it is now; needs a request, by whose address others may reach it."""
    address = server_address()
    own_only = address if is_own_only(urlsplit(address).hostname or "") else ""
    free = shutil.disk_usage(current_app.config["INSTANCE"]).free
    return Machine(RUN.of(), own_only, free)

"""The machine in the venue: its server, its clock on the wall, its starts."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Server, demo_installation, run_server, stop_server
from tests.installations import copied
from tests.serving import serve_by

HOUR = 3600


class Machine:
    """Serves the installation in the folder's `installation`, the demo where there is none, an hour ahead at first."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._given = folder / "installation", folder
        if not self._folder.exists():
            copied(demo_installation(), self._folder)
        self.wall(HOUR)
        (folder / "boot").write_text("first")
        self.server = self._run()

    def wall(self, seconds: float) -> None:
        """Put the clock on the wall so many seconds off."""
        (self._given / "wall").write_text(str(seconds))

    def starts(self, name: str) -> None:
        """The power was cut: the machine starts and the server with it."""
        stop_server(self.server)
        (self._given / "boot").write_text(name)
        self.server = self._run()

    def _run(self) -> Server:
        return run_server(self._folder, run=serve_by, given=(str(self._given),))

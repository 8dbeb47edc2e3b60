"""What an application has one of, such as its writer: each has a type and is named once, by who makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from flask import Flask, current_app

from scoring.transport.watchdog import Watchdog

Part = TypeVar("Part")


class Service(Generic[Part]):
    """One part of an application; `make` makes it when it is first asked for."""

    def __init__(self, name: str, make: Callable[[], Part] | None = None) -> None:
        self._name, self._make = f"saiping.{name}", make

    def put(self, app: Flask, part: Part) -> Part:
        """Let this be the application's part from now on; it is given back."""
        app.extensions[self._name] = part
        return part

    def found(self, app: Flask | None = None) -> Part | None:
        """The part of this application, else of that at work; None where there is none."""
        part: Part | None = (app or current_app).extensions.get(self._name)
        return part

    def of(self, app: Flask | None = None) -> Part:
        """As `found`. Raises LookupError where there is none and it is not made when it is asked for."""
        part = self.found(app)
        if part is not None:
            return part
        if self._make is None:
            raise LookupError(self._name)
        return self.put(app or current_app, self._make())


#: The name of this run of the server: what another run has shown or begun is not known to this one.
RUN: Service[str] = Service("run")
WATCHDOG: Service[Watchdog] = Service("watchdog")

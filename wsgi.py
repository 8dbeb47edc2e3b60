"""The application for a server: `app`."""

from scoring import create_app

app = create_app()

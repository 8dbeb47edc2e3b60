"""The fan-out under Flask-SocketIO: sockets, who is heard first, who is served. Imports nothing else of scoring.

docs/transport.md says why it exists, what it relies on, and how it is switched off.
"""

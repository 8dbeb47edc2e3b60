"""The wire: who may join which room, the socket events, and the broadcaster."""

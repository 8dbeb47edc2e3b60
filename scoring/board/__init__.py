"""Store → rules → one numbered snapshot: the only source of what any screen, export or command shows."""

"""The rulebook: how marks become a result. Standard library only, no clock, no database."""

"""The verbs of the installation: accounts, sessions, codes and duties."""

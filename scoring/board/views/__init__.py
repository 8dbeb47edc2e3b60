"""From the facts to one view for each screen, export and command."""

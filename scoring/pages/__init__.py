"""What all pages share: how they are rendered, answered, and in which language."""

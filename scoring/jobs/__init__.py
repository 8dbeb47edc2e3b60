"""Work that takes longer than the loop can spare: one process at a time beside the server, with progress and limits."""

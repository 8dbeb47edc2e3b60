"""Why something cannot be done now: asked by the button, by the sentence beside it and by the verb itself."""

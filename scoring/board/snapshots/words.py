"""What a field of a snapshot may say where it is one of a few words: the page lists them, the tests ask for them."""

from __future__ import annotations


class OneOf:
    """The words that a text is one of; `Annotated[str, OneOf("won", "lost")]`."""

    def __init__(self, *words: str) -> None:
        """List them in the order in which the page has them."""
        self.words = words


class Called:
    """How the page calls what a field must be, in place of its type: of what only the verb asks for that takes it."""

    def __init__(self, kind: str) -> None:
        """Say it as the page does: `Called("text")`."""
        self.kind = kind


#: How far a turn is, as those who run the contest and its judges see it.
TurnStage = OneOf("waiting", "performing", "marking", "released")
#: The sides of a match.
Sides = OneOf("control", "defence")
#: What a format judges.
Subjects = OneOf("performance", "match", "bench", "document", "test")
#: The last of the four states that a sheet has reached for certain.
Reached = OneOf("", "server", "counted", "approved")
#: As what somebody does not perform.
Kinds = OneOf("absent", "forfeited", "disqualified", "withdrawn")

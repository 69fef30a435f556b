"""What another tool extracted, whatever its format: a quote with the place it claims, and perhaps an edge with its two ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One extraction: where it stands in the tool's file, what it quotes, and what it says that this shows.

    document names the text (a file's name, with or without ending; empty where the tool does not say); start and end are the
    code points that it claims, -1 where it claims none. subject, relation and object are labels as the tool writes them; cls is the
    class that it gives to the one thing that it extracted, subject_cls and object_cls those of an edge's ends. chunk is the stretch
    that the tool read, for tools that count from its beginning; tool is who says so, where a table of several tools tells.
    """

    place: str
    quote: str
    document: str = ""
    start: int = -1
    end: int = -1
    cls: str = ""
    subject: str = ""
    relation: str = ""
    object: str = ""
    subject_cls: str = ""
    object_cls: str = ""
    chunk: str = ""
    tool: str = ""

    @property
    def claims_place(self) -> bool:
        """Tell whether the tool says at which code points its quote stands."""
        return self.start >= 0 or self.end >= 0

    @property
    def is_edge(self) -> bool:
        """Tell whether the tool says that its quote shows a relation between two things."""
        return bool(self.subject or self.relation or self.object)

"""What an inference rests on: the statements of the edges that it was concluded from."""

from __future__ import annotations

from ..core.iris import statement_iri
from ..core.model import Statement
from .builder import GraphBuilder
from .evidence import origin_of


def concluded(builder: GraphBuilder, rule: str, *edges: tuple[str, str, str]) -> Statement:
    """Make a statement that rests on the first statement of each of these edges."""
    derived = []
    for subject, relation, object_ in edges:
        said = dict(builder.objects(subject, relation))[object_]
        derived.append(statement_iri(subject, relation, object_, origin_of(said[0]), builder.base))
    return Statement("inferred", rule, derived_from=tuple(derived), premises=edges)

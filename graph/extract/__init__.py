"""Find statements in a document: general recognisers, one module each, none of which knows any one plan."""

from __future__ import annotations

from graph.extract.citations import find_citations
from graph.extract.context import Context
from graph.extract.declarations import claim_declarations, scan_declarations
from graph.extract.division import find_divisions
from graph.extract.goals import find_goals
from graph.extract.indicators import find_indicators
from graph.extract.industries import find_industries
from graph.extract.issuers import find_issuers
from graph.extract.observations import find_observations
from graph.extract.places import localise
from graph.extract.plan import find_plan
from graph.extract.responsibility import find_responsibility
from graph.extract.roles import assign_roles
from graph.extract.structure import find_structure
from graph.extract.tables import find_table_targets
from graph.extract.targets import find_targets
from graph.extract.terms import find_terms
from graph.model import Document, Reading
from graph.outline import build_outline
from graph.vocabulary import Vocabulary


def extract(document: Document, vocabulary: Vocabulary) -> Reading:
    """Read the statements out of one document; nothing in it depends on any other document."""
    ctx = Context(document, build_outline(document), vocabulary)
    find_plan(ctx)
    find_issuers(ctx)
    find_citations(ctx)
    assign_roles(ctx)
    declared = scan_declarations(ctx)
    find_structure(ctx, declared)
    find_industries(ctx, declared)
    find_indicators(ctx, declared)
    find_table_targets(ctx)
    find_targets(ctx)
    find_observations(ctx)
    find_goals(ctx)
    find_responsibility(ctx)
    find_divisions(ctx)
    find_terms(ctx)
    claim_declarations(ctx, declared)
    claims, described = localise(ctx)
    return Reading(document, ctx.plan, claims, described, (*document.warnings, *ctx.warnings))

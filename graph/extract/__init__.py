"""Find statements in a document: general recognisers, one module each, none of which knows any one plan."""

from __future__ import annotations

from ..core.model import Document, Reading
from ..core.vocabulary import Vocabulary
from .bodies.duties import find_responsibility
from .bodies.duty_tables import find_divisions
from .bodies.issuers import find_issuers
from .bodies.places import localise
from .bounds import bounded
from .context import Context
from .counts.declarations import claim_declarations, scan_declarations
from .deadlines.deadlines import find_deadlines
from .deadlines.frequencies import find_frequencies
from .deadlines.periods import find_periods
from .deadlines.work import Work
from .facilities.facilities import find_facilities
from .glossary.definitions import find_definitions
from .glossary.evaluators import find_evaluators
from .industries.listed import find_industries
from .industries.terms import find_terms
from .instruments.instruments import find_instruments
from .instruments.provisions import find_provisions
from .ledger import account
from .locations.locations import find_body_places, find_places
from .outline import build_outline
from .plan.citations import find_citations
from .plan.title import find_plan
from .programmes.programmes import find_programmes
from .relations.baselines import find_baselines
from .relations.plan_links import find_plan_links
from .relations.target_tasks import find_target_tasks
from .structure.goals import find_goals
from .structure.project_tables import find_projects
from .structure.section_roles import assign_roles
from .structure.tasks import find_structure
from .targets.indicators import find_indicators, find_named_indicators
from .targets.observations import find_observations
from .targets.sections import find_targets
from .targets.tables import find_table_targets


def extract(document: Document, vocabulary: Vocabulary) -> Reading:
    """Read the statements out of one document; nothing in it depends on any other document.

    Raises `ReadError` for a document that asks for more than the limits allow.
    """
    return bounded(lambda: _extract(document, vocabulary), document.name)


def _extract(document: Document, vocabulary: Vocabulary) -> Reading:
    ctx = Context(document, build_outline(document), vocabulary)
    find_plan(ctx)
    find_issuers(ctx)
    find_citations(ctx)
    find_plan_links(ctx)
    assign_roles(ctx)
    declared = scan_declarations(ctx)
    find_structure(ctx, declared)
    find_projects(ctx)
    find_industries(ctx, declared)
    find_indicators(ctx, declared)
    find_table_targets(ctx)
    find_targets(ctx)
    find_observations(ctx)
    find_named_indicators(ctx)
    find_baselines(ctx)
    find_goals(ctx)
    find_responsibility(ctx)
    find_divisions(ctx)
    find_target_tasks(ctx)
    find_terms(ctx)
    work = Work(ctx)
    find_deadlines(ctx, work)
    find_frequencies(ctx, work)
    find_periods(ctx)
    find_programmes(ctx, work)
    find_places(ctx, work)
    find_facilities(ctx, work)
    find_instruments(ctx, work)
    find_provisions(ctx, work)
    find_definitions(ctx)
    find_evaluators(ctx)
    find_body_places(ctx)
    claim_declarations(ctx, declared)
    claims, described, plan = localise(ctx)
    return Reading(document, plan, claims, described, (*document.warnings, *ctx.warnings), account(ctx, claims))

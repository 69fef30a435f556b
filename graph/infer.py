"""Edges that follow from stated ones by a named rule. Each points at the statements that it was concluded from.

A rule concludes only what names carry, and only where one candidate alone fits; where names do not carry it, the edge is left
for a person to curate.
"""

from __future__ import annotations

from graph.assemble import GraphBuilder
from graph.evidence import origin_of
from graph.iris import statement_iri
from graph.model import Statement


def infer(builder: GraphBuilder) -> None:
    """Apply every rule to every plan."""
    for plan in builder.nodes_of("Plan"):
        _advanced_by(builder, plan)
        _includes_project(builder, plan)


def _carrying(builder: GraphBuilder, part: str, wholes: list[str], suffix: str = "") -> str:
    """Give the one node whose label holds `part`; empty when none or several do."""
    matches = [iri for iri in wholes if part and part in builder.label(iri).removesuffix(suffix)]
    return matches[0] if len(matches) == 1 else ""


def _used(builder: GraphBuilder, subject: str, relation: str, object_: str, statements: tuple[Statement, ...]) -> str:
    first = statements[0]
    return statement_iri(subject, relation, object_, origin_of(first), builder.base)


def _advanced_by(builder: GraphBuilder, plan: str) -> None:
    """An industry is advanced by the action whose name holds that of the industry's domain (信息消费 in 信息消费升级)."""
    actions = dict(builder.objects(plan, "hasAction"))
    for domain, _ in builder.objects(plan, "hasDomain"):
        action = _carrying(builder, builder.label(domain), list(actions))
        if not action:
            continue
        for industry, _ in builder.objects(plan, "hasIndustry"):
            for in_domain, said in builder.objects(industry, "inDomain"):
                if in_domain == domain:
                    derived = (
                        _used(builder, industry, "inDomain", domain, said),
                        _used(builder, plan, "hasAction", action, actions[action]),
                    )
                    rule = "infer.domain_named_in_action"
                    builder.edge(industry, "advancedBy", action, Statement("inferred", rule, derived_from=derived))


def _includes_project(builder: GraphBuilder, plan: str) -> None:
    """An action includes the project whose name holds its own (标准体系构建 in 5G应用标准体系构建及推广工程)."""
    projects = dict(builder.objects(plan, "hasProject"))
    for action, said in builder.objects(plan, "hasAction"):
        project = _carrying(builder, builder.label(action).removesuffix("行动"), list(projects))
        if project:
            derived = (
                _used(builder, plan, "hasAction", action, said),
                _used(builder, plan, "hasProject", project, projects[project]),
            )
            rule = "infer.action_named_in_project"
            builder.edge(action, "includesProject", project, Statement("inferred", rule, derived_from=derived))

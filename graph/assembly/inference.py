"""Edges that follow from stated ones by a named rule. Each points at the statements that it was concluded from.

A rule concludes only what names carry, and only where one candidate alone fits; where names do not carry it, the edge is left
for a person to curate.
"""

from __future__ import annotations

from .builder import GraphBuilder
from .contradictions import contradict
from .declared import settle


def infer(builder: GraphBuilder) -> None:
    """Apply every rule to every plan."""
    for plan in builder.nodes_of("Plan"):
        _advanced_by(builder, plan)
        _includes_project(builder, plan)
        settle(builder, plan)
        contradict(builder, plan)


def _carrying(builder: GraphBuilder, part: str, wholes: list[str], suffix: str = "") -> str:
    """Give the one node whose label holds `part`; empty when none or several do."""
    matches = [iri for iri in wholes if part and part in builder.label(iri).removesuffix(suffix)]
    return matches[0] if len(matches) == 1 else ""


def _advanced_by(builder: GraphBuilder, plan: str) -> None:
    """An industry is advanced by the action whose name holds that of the industry's domain (信息消费 in 信息消费升级)."""
    actions = [action for action, _ in builder.objects(plan, "hasAction")]
    for domain, _ in builder.objects(plan, "hasDomain"):
        action = _carrying(builder, builder.label(domain), actions)
        if not action:
            continue
        for industry, _ in builder.objects(plan, "hasIndustry"):
            for in_domain, _ in builder.objects(industry, "inDomain"):
                if in_domain == domain:
                    edges = (industry, "inDomain", domain), (plan, "hasAction", action)
                    builder.conclude(industry, "advancedBy", action, "infer.domain_named_in_action", *edges)


def _includes_project(builder: GraphBuilder, plan: str) -> None:
    """An action includes the project whose name holds its own (标准体系构建 in 5G应用标准体系构建及推广工程)."""
    projects = [project for project, _ in builder.objects(plan, "hasProject")]
    for action, _ in builder.objects(plan, "hasAction"):
        project = _carrying(builder, builder.label(action).removesuffix(builder.vocabulary.word("name.action")), projects)
        if project:
            edges = (plan, "hasAction", action), (plan, "hasProject", project)
            builder.conclude(action, "includesProject", project, "infer.action_named_in_project", *edges)

"""Small texts of our own, read and extracted for the tests of the recognisers."""

from __future__ import annotations

from yangfan.core.model import Claim, Document, Reading
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.extract.outline import Outline, build_outline
from yangfan.quality.evaluate import target_text
from yangfan.readers.read import read_bytes

PLAN_TITLE = "海州市海洋产业发展行动计划（2024—2026年）"
INTERVIEW_TITLE = "问答实录：《海州市海洋产业发展行动计划》有关情况"


def document(*lines: str, title: str = PLAN_TITLE) -> Document:
    """Read a Markdown text of one title and some paragraphs."""
    return read_bytes("\n\n".join([f"# {title}", *lines]).encode(), "test.md", ".md")


def outline(*lines: str, title: str = PLAN_TITLE) -> Outline:
    """Give the outline of some paragraphs."""
    return build_outline(document(*lines, title=title))


def reading(*lines: str, title: str = PLAN_TITLE) -> Reading:
    """Extract what some paragraphs state."""
    return extract(document(*lines, title=title), load_vocabulary())


def claims(found: Reading, relation: str) -> list[Claim]:
    """Give the claims of one relation."""
    return [claim for claim in found.claims if claim.relation == relation]


def pairs(found: Reading, relation: str) -> list[tuple[str, str]]:
    """Give subject and object of the claims of one relation, `PLAN` for the plan."""
    return [
        ("PLAN" if claim.subject == found.plan else claim.subject.label, claim.object.label)
        for claim in claims(found, relation)
    ]


def objects(found: Reading, relation: str) -> list[str]:
    """Give the labels of the objects of one relation."""
    return [label for _, label in pairs(found, relation)]


def targets(found: Reading) -> list[str]:
    """Give the targets as gold files write them: indicator, comparator, value, unit, year."""
    described = {d.mention: d.attrs for d in found.described}
    return [f"{claim.subject.label} {target_text(described[claim.object])}" for claim in claims(found, "hasTarget")]


def quotes(found: Reading, claim: Claim) -> list[str]:
    """Give the passages that say a claim."""
    return [found.document.text[start:end] for start, end in claim.spans]

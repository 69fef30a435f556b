"""Deadlines that a cell of a table gives to the work of its row."""

from __future__ import annotations

from ...core.model import Mention, Span
from ...text.due_dates import BEFORE, UNTIL, WHEN, Due, due_of
from ..context import Context
from ..targets.years import issue_year


def due_in(ctx: Context, text: str) -> Due | None:
    """Read the cell of a deadline: one date and nothing else (2025年6月底前, 2025年12月); 长期 is none, and neither is a date before the plan."""
    match = next(filter(None, (form.fullmatch(text) for form in (BEFORE, UNTIL, WHEN))), None)
    due = due_of(match) if match else None
    return due if due and due.day.year >= issue_year(ctx) else None


def claim_due(ctx: Context, work: Mention, due: Due | None, spans: tuple[Span, ...], how: str) -> None:
    """Say by when the work of a row is due, where its cell says so."""
    if due is not None:
        deadline = Mention("Deadline", due.label)
        ctx.claim(work, "dueBy", deadline, spans, how)
        ctx.describe(deadline, {"yf:dueDate": due.day, "yf:precision": due.precision})

"""Deadlines that a cell of a table gives to the work of its row."""

from __future__ import annotations

from ...core.model import Mention, Span
from ...text.due_dates import BEFORE, UNTIL, WHEN, Due, due_of
from ..context import Context
from ..targets.years import annual_year, issue_year


def due_in(ctx: Context, text: str) -> Due | None:
    """Read the cell of a deadline: one date and nothing else (2025年6月底前, 2025年12月); 长期 is none, and neither is a date before the plan.

    6月底前 is of the year that the plan is for, or that a note gives for all of the table (完成时限均为2026年).
    """
    match = next(filter(None, (form.fullmatch(text) for form in (BEFORE, UNTIL, WHEN))), None)
    due = due_of(match, ctx.once(_year)) if match else None
    return due if due and due.day.year >= issue_year(ctx) else None


def _year(ctx: Context) -> int | None:
    """Give the year of dates in cells that leave it out; None where nothing says it."""
    noted = next(ctx.everywhere("deadlines.noted"), None)
    return int(noted["year"]) if noted else annual_year(ctx, issue_year(ctx))


def describe_due(ctx: Context, due: Due) -> None:
    """Say which day a deadline is, and how precisely its words say so."""
    ctx.describe(Mention("Deadline", due.label), {"yf:dueDate": due.day, "yf:precision": due.precision})


def claim_due(ctx: Context, work: Mention, due: Due | None, spans: tuple[Span, ...], how: str) -> None:
    """Say by when the work of a row is due, where its cell says so."""
    if due is not None:
        ctx.claim(work, "dueBy", Mention("Deadline", due.label), spans, how)
        describe_due(ctx, due)

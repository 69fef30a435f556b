"""Which column of a table of projects holds what, by the names that head them."""

from __future__ import annotations

from ..context import Context

_COLUMNS = ("site", "area", "builder", "doer", "scale", "money", "due")
_MEASURED = {"site", "area", "scale", "money"}
_LONGEST_HEADING = 16


def project_columns(ctx: Context, header: tuple[str, ...]) -> dict[str, int] | None:
    """Give the columns of a table of projects by what they hold (name, site, area, builder, doer, …); None for any other table."""
    if any(len(cell) > _LONGEST_HEADING for cell in header):
        return None
    is_name = ctx.find("projects.name")
    name = next((index for index, cell in enumerate(header) if is_name(cell)), None)
    if name is None:
        return None
    columns = {"name": name}
    for column in _COLUMNS:
        found = ctx.find(f"projects.{column}")
        index = next((at for at, cell in enumerate(header) if at not in columns.values() and found(cell)), None)
        if index is not None:
            columns[column] = index
    is_number, is_content = ctx.find("divisions.number_column"), ctx.find("projects.content")
    if len(columns) > 2 and _MEASURED & columns.keys():
        held = next((at for at, cell in enumerate(header) if at not in columns.values() and is_content(cell)), None)
        return columns if "scale" in columns or held is None else {**columns, "scale": held}
    # 工程名称, 主要内容: what each project holds and nothing else, as boxes tell it.
    others = [index for index, cell in enumerate(header) if index != name and not is_number(cell)]
    if len(others) == 1 and ctx.find("projects.box_name")(header[name]) and is_content(header[others[0]]):
        return {"name": name, "scale": others[0]}
    return None

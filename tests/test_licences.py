"""No distribution that the package requires, directly or through others, has a licence outside the list; what is shipped has its own beside it."""

from __future__ import annotations

from email.message import Message

import pytest

from tests.licences import Licence, forbidden, licences, required
from tests.places import ROOT


def test_no_dependency_has_a_licence_outside_the_list() -> None:
    found = required("yangfan")
    assert {"networkx", "pyvis", "lxml", "pyoxigraph", "uvicorn"} <= {one.name for one in found}
    assert "ipython" in {one.name for one in found}, "what is required through others is left out"
    assert forbidden(found) == []


@pytest.mark.parametrize(
    "one", [Licence("a", "1", ("AGPL-3.0-or-later",)), Licence("b", "1", ()), Licence("c", "1", ("MIT", "GPL-2.0-only"))]
)
def test_a_licence_outside_the_list_or_none_is_seen(one: Licence) -> None:
    assert forbidden([one]) == [one]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("License-Expression", "BSD-3-Clause AND MIT"), ("License", "other")], ["BSD-3-Clause", "MIT"]),
        ([("Classifier", "License :: OSI Approved :: MIT License"), ("License", "see file")], ["MIT"]),
        ([("License", "BSD 3-Clause\n\nCopyright")], ["BSD 3-Clause"]),
        ([], []),
    ],
)
def test_licences_are_read_from_every_generation_of_metadata(fields: list[tuple[str, str]], expected: list[str]) -> None:
    metadata = Message()
    for name, value in fields:
        metadata[name] = value
    assert list(licences(metadata.get_all)) == expected


def test_what_the_page_carries_has_its_licence_beside_it() -> None:
    text = (ROOT / "graph" / "page" / "LICENSE.vis-network").read_text(encoding="utf-8")
    assert "MIT" in text or "Apache" in text

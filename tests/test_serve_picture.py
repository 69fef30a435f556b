"""The picture on an entity's page: the same answer as the network page gives, laid out without a script, nothing covering anything."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.page_browser import launch, watch
from tests.places import ROOT
from yangfan.page.layout.measure import ems
from yangfan.pipeline import build
from yangfan.query.about import answer_of
from yangfan.query.nodes import Nodes
from yangfan.query.store import load_store
from yangfan.server.facts import Facts
from yangfan.server.picture import Picture, picture_of, title_of
from yangfan.server.site import Site

browser = pytest.fixture(scope="module")(launch)
ASKED = ("Organization", "Domain", "Industry", "Technology", "Action", "Project", "Place")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("several")
    build([ROOT / "tests/documents" / name for name in ("marine-plan.md", "robotics-plan.md")], folder)
    return folder


@pytest.fixture(scope="module")
def nodes(folder: Path) -> Nodes:
    return Nodes(load_store(folder))


def pictures(nodes: Nodes) -> dict[str, Picture]:
    drawn = {iri: picture_of(answer_of(nodes, iri), nodes) for iri in nodes.all() if nodes.class_of(iri)}
    return {iri: picture for iri, picture in drawn.items() if picture}


def test_no_card_covers_another_and_all_words_are_inside_theirs(nodes: Nodes) -> None:
    drawn = pictures(nodes)
    assert len(drawn) > 50
    assert any(picture.bands for picture in drawn.values())
    for iri, picture in drawn.items():
        for number, card in enumerate(picture.cards):
            assert card.left >= 0
            assert card.top >= 0
            assert card.left + card.width <= picture.width
            assert card.top + card.height <= picture.height
            size = 13 * (1.25 if nodes.class_of(card.iri) == "Plan" else 1)
            for x, y, words in card.lines:
                assert card.left < x
                assert x + ems(words) * size <= card.left + card.width
                assert card.top < y < card.top + card.height
            for other in picture.cards[number + 1 :]:
                apart = (
                    card.left + card.width <= other.left
                    or other.left + other.width <= card.left
                    or card.top + card.height <= other.top
                    or other.top + other.height <= card.top
                )
                assert apart, (iri, card.iri, other.iri)


def test_every_task_and_target_of_the_answer_is_drawn_once_or_counted_as_left_out(nodes: Nodes) -> None:
    for iri, picture in pictures(nodes).items():
        answer = answer_of(nodes, iri)
        cards = [card.iri for card in picture.cards]
        assert len(cards) == len(set(cards))
        assert set(cards) <= {*answer.plans, *answer.tasks, *answer.targets}
        assert len(cards) + picture.omitted == len(answer.plans) + len(answer.tasks) + len(answer.targets)


def test_the_page_titles_the_picture_in_words_and_orders_edges_by_plan_and_role(folder: Path, nodes: Nodes) -> None:
    site = Site(Facts(folder))
    body = max(
        (iri for iri in nodes.all() if nodes.class_of(iri) == "Organization"), key=lambda iri: len(answer_of(nodes, iri).tasks)
    )
    html = site.entity(body.removeprefix(nodes.base), "text/html", "")[1].decode("utf-8")  # type: ignore[union-attr]
    zh, en = title_of(answer_of(nodes, body), nodes)
    assert f"：{zh}</span>" in html
    assert f': {en}</span>' in html
    assert "项任务" in zh
    assert '<svg class="picture"' in html
    assert "入边" not in html
    roles = re.findall(r'<a class="relation" href="/id/relation/[^"]+">([^<]+) <', html)
    assert {"牵头", "负责"}.isdisjoint(roles), "what leads to the body is read from the body's side"
    for plan in nodes.plans:
        assert html.count(f'<h3><a class="node" href="{site.links.of(plan)}"') <= 1


def test_of_two_roles_the_one_that_says_more_stands_on_the_card(nodes: Nodes) -> None:
    tags = {card.tag for picture in pictures(nodes).values() for card in picture.cards}
    assert any("牵头" in tag for tag in tags)
    assert not any("牵头" in tag and "负责" in tag for tag in tags)


def test_words_that_several_tasks_have_in_common_are_said_once_with_their_number(nodes: Nodes) -> None:
    several = 0
    for picture in pictures(nodes).values():
        bare = [card for card in picture.cards if not card.tag]
        for card in picture.cards:
            if counted := re.search(r" · (\d+)$", card.tag):
                several += int(counted[1])
                assert int(counted[1]) > 1
                assert len(bare) >= int(counted[1]) - 1
    assert several > 5


@pytest.mark.browser
def test_the_network_page_counts_what_the_entity_page_counts(browser: Browser, folder: Path, nodes: Nodes) -> None:
    window = watch(browser, folder / "graph.html")
    page = window.go()
    asked = [iri for iri in nodes.all() if nodes.class_of(iri) in ASKED]
    assert len(asked) > 30
    head = page.get_by_role("main").locator("#answer").get_by_role("heading")
    for iri in asked:
        # Two things of one name (an industry here, a technology there) share a picture in the page.
        if sum(nodes.named(other).label == nodes.named(iri).label for other in asked) > 1:
            continue
        page.evaluate("(short) => { location.hash = `a=${short}`; }", quote(iri.removeprefix(nodes.base), safe="/"))
        counts, _ = title_of(answer_of(nodes, iri), nodes)
        expect(head).to_have_text(f"{nodes.named(iri).label}：{counts or '没有相关的计划、任务或目标'}")
    assert window.faults == []

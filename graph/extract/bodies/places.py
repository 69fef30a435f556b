"""Bodies that a local document names without their place: 市科委 is that of the city whose plan this is, and of no other.

The place comes from who issued the plan, its title, or the page's publisher. A name that the place completes (清江市科委) is the body's
name; what is left (省财政厅 in a city's plan, 各区人民政府) is kept apart by the place, and where no place is known, by the plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...core.model import Claim, Described, Mention
from ...core.rules import finder, pattern
from ...core.vocabulary import Vocabulary, load_vocabulary
from ..context import Context
from .names import LEVELS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document speaks for: its province, city and county as far as it tells them; all empty for the whole country."""

    province: str = ""
    city: str = ""
    county: str = ""

    @property
    def name(self) -> str:
        """Give the whole name, from the province down."""
        return self.province + self.city + self.county

    @property
    def narrowest(self) -> str:
        """Give the name of the narrowest place alone."""
        return self.county or self.city or self.province

    @property
    def lowest(self) -> str:
        """Give the name without what texts say or leave out: of a city without its province, of a county with its city.

        >>> Place("云岭省", "清江市", "南湖区").lowest, Place("云岭省", "清江市").lowest, Place("云岭省").lowest
        ('清江市南湖区', '清江市', '云岭省')
        """
        return self.city + self.county or self.province


def place_in(name: str, vocabulary: Vocabulary | None = None) -> Place:
    """Read the place that a body's name or a title begins with.

    >>> place_in("云岭省清江市南湖区人民政府办公室")
    Place(province='云岭省', city='清江市', county='南湖区')
    >>> place_in("智慧城市建设行动计划")
    Place(province='', city='', county='')
    """
    found = []
    vocabulary = vocabulary or load_vocabulary()
    name = pattern(vocabulary, "places.party").sub("", name)
    no_place = finder(vocabulary, "places.no_place")
    at = 0
    for level in LEVELS:
        match = finder(vocabulary, f"places.{level}")(name, at)
        # 厦门市 ends like 门市 and is a city: what the table of places knows is one.
        good = match is not None and (vocabulary.knows("Place", match[0]) or not (no_place(match[0]) or _shortened(vocabulary, match[0])))
        found.append(match[0] if match and good else "")
        at = match.end() if match and good else at
    return Place(*found)


def _shortened(vocabulary: Vocabulary, name: str) -> bool:
    """Tell whether a name ends in a known place's short form: 云岭杭州 is no prefecture, for 杭州 stands for 杭州市."""
    known = (vocabulary.entry("Place", name[at:]) for at in range(1, len(name) - 1))
    return any(entry is not None and not name.endswith(entry.label) for entry in known)


def place_of(ctx: Context) -> Place:
    """Give the place of a document: of the bodies that issued its plan, of its title, of the page's publisher."""
    issuers = [claim.object.label for claim in ctx.claims_of("issuedBy")]
    titles = [ctx.plan.label] if ctx.plan else []
    metadata = ctx.document.metadata
    places = (place_in(name, ctx.vocabulary) for name in (*issuers, *titles, metadata["title"], metadata.get("author", "")))
    return next((place for place in places if place.name), Place())


def kept_plan(plan: Mention, place: Place, vocabulary: Vocabulary, issuer: str = "") -> Mention:
    """Give a plan as a place keeps it: one without a number whose title does not name the place, or one whose number any place may have used.

    Two cities have a plan for the same thing under one title, and every city has a 政发〔2024〕1号. Where no place is known, the first body
    that issued a plan without a number keeps it, unless the title names that body: two ministries have a plan of one title, too.
    """
    named = plan.number or plan.label
    stems = [part[:-1] for part in (place.county, place.city, place.province) if part]
    if not stems and issuer and not plan.number:
        known = vocabulary.entry("Organization", issuer)
        names = (issuer, *((known.label, *known.aliases) if known else ()))
        return plan if any(name in named for name in names) else plan._replace(keeper=known.label if known else issuer)
    if not stems or any(stem and stem in named for stem in stems):
        return plan
    if plan.number and not finder(vocabulary, "places.any_number")(plan.number):
        return plan
    return plan._replace(keeper=place.lowest)


def localise(ctx: Context) -> tuple[tuple[Claim, ...], tuple[Described, ...], Mention | None]:
    """Give all claims and descriptions with local bodies named by their place, and the plan as its place keeps it."""
    bodies = ctx.found("Organization")
    place = ctx.once(place_of)
    issuer = next((claim.object.label for claim in ctx.claims_of("issuedBy")), "")
    plan = kept_plan(ctx.plan, place, ctx.vocabulary, issuer) if ctx.plan else None
    meant: dict[Mention, Mention] = {}
    if ctx.plan and plan and plan != ctx.plan:
        meant[ctx.plan] = plan
    described = list(ctx.described())
    for label, mention in bodies.items():
        local = _local(ctx, label, place) or _whole(ctx, label, place)
        if local is not None and not mention.keeper:
            meant[mention] = local
            if local.label != label:
                described.append(Described(local, {}, (label,)))
    if not meant:
        return ctx.claims(), ctx.described(), plan
    kept = {cls for cls, *_ in meant}
    claims = tuple([_localised(claim, meant) if claim.subject.cls in kept or claim.object.cls in kept else claim for claim in ctx.claims()])
    return claims, tuple(Described(meant[d.mention], d.attrs, d.alt) if d.mention in meant else d for d in described), plan


def _whole(ctx: Context, label: str, place: Place) -> Mention | None:
    """Give the body of the text whose name says the city above its county as well: 南湖区教育局, where 清江市南湖区教育局 stands too."""
    if not place.name or not ctx.find("places.county")(label):
        return None
    bodies = ctx.found("Organization")
    above = (place.province + place.city, place.city, place.province)
    return next((bodies[one + label] for one in above if one and one + label in bodies), None)


def _localised(claim: Claim, meant: dict[Mention, Mention]) -> Claim:
    """Give a claim with its ends as they are meant."""
    subject, object_ = meant.get(claim.subject), meant.get(claim.object)
    return claim._replace(subject=subject or claim.subject, object=object_ or claim.object) if subject or object_ else claim


def _local(ctx: Context, label: str, place: Place) -> Mention | None:
    """Give the body that a name means at a place; None where it means the same everywhere."""
    if ctx.vocabulary.knows("Organization", label):
        return None
    keeper = place.name or (ctx.plan.number or ctx.plan.label if ctx.plan else ctx.document.key)
    named, collective = ctx.find("places.local")(label), ctx.find("places.collective")(label)
    if named and not ctx.find("places.market")(label) and not collective:
        here = next(getattr(place, level) for level in LEVELS if named["level"] in ctx.vocabulary.role(f"place.{level}"))
        if here:
            return Mention("Organization", here + named["rest"])
        return Mention("Organization", label, keeper=keeper)
    if collective and not (not place.name and ctx.find("places.national")(label)):
        return Mention("Organization", label, keeper=keeper)
    return None

"""Bodies that a local document names without their place: 市科委 is that of the city whose plan this is, and of no other.

The place comes from who issued the plan, its title, or the page's publisher. A name that the place completes (清江市科委) is the body's
name; what is left (省财政厅 in a city's plan, 各区人民政府) is kept apart by the place, and where no place is known, by the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...core.model import Claim, Described, Mention
from ..context import Context

_PROVINCE = re.compile(r"[^\W\da-zA-Z_]{2,3}?省|[^\W\da-zA-Z_]{2,6}?(?:自治区|特别行政区)|新疆生产建设兵团")
_CITY = re.compile(r"[^\W\da-zA-Z_]{2,5}?市|[^\W\da-zA-Z_]{2,8}?自治州|[^\W\da-zA-Z_]{2,6}?盟(?=行政|委|公署)")
_COUNTY = re.compile(r"[^\W\da-zA-Z_]{1,6}?(?:新区|自治县|自治旗|区|县|旗)(?=人民政府|政府|委|办|管委会)")
_NO_PLACE = re.compile(
    r"[全本我各外跨设地]?[省市]$|.*(?:[城都超上股楼夜集门]市|关于|促进|推进|推动|加快|支持|建设|发展|实施|贯彻|落实|行政|园区|社区|地区)"
)
_LOCAL = re.compile(r"(?:本|我|全)?(?P<level>自治区|省|市|州|盟|区|县|旗)(?P<rest>(?!场(?!监)|容|直|级|属|际|域|块|内|外|区|县)[^\W\da-zA-Z_].+)$")
_MARKET = re.compile(r"市场")
_COLLECTIVE = re.compile(r"(?:各|有关|相关|市[级直属]|省[级直属]|区[级直属]|县[级直属]|本[市省区县]|[市区县]区|所在)")
_NATIONAL = re.compile(r"(?:各省|省级|各地|各级|地方|各有关|有关|相关)")
_LEVELS = {"省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "区": "county", "县": "county", "旗": "county"}


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


def place_in(name: str) -> Place:
    """Read the place that a body's name or a title begins with.

    >>> place_in("云岭省清江市南湖区人民政府办公室")
    Place(province='云岭省', city='清江市', county='南湖区')
    >>> place_in("智慧城市建设行动计划")
    Place(province='', city='', county='')
    """
    found = []
    name = name.removeprefix("中共")
    at = 0
    for pattern in (_PROVINCE, _CITY, _COUNTY):
        match = pattern.match(name, at)
        good = match is not None and not _NO_PLACE.match(match[0])
        found.append(match[0] if match and good else "")
        at = match.end() if match and good else at
    return Place(*found)


def place_of(ctx: Context) -> Place:
    """Give the place of a document: of the bodies that issued its plan, of its title, of the page's publisher."""
    issuers = [claim.object.label for claim in ctx.claims() if claim.relation == "issuedBy"]
    titles = [ctx.plan.label] if ctx.plan else []
    metadata = ctx.document.metadata
    places = [place_in(name) for name in (*issuers, *titles, metadata["title"], metadata.get("author", ""))]
    return next((place for place in places if place.name), Place())


def localise(ctx: Context) -> tuple[tuple[Claim, ...], tuple[Described, ...]]:
    """Give all claims and descriptions with local bodies named by their place."""
    bodies = ctx.found("Organization")
    if not bodies:
        return ctx.claims(), ctx.described()
    place = place_of(ctx)
    meant: dict[Mention, Mention] = {}
    described = list(ctx.described())
    for label, mention in bodies.items():
        local = _local(ctx, label, place)
        if local is not None and not mention.keeper:
            meant[mention] = local
            if local.label != label:
                described.append(Described(local, {}, (label,)))
    if not meant:
        return ctx.claims(), ctx.described()
    claims = tuple(
        claim._replace(subject=meant.get(claim.subject, claim.subject), object=meant.get(claim.object, claim.object))
        for claim in ctx.claims()
    )
    return claims, tuple(Described(meant.get(d.mention, d.mention), d.attrs, d.alt) for d in described)


def _local(ctx: Context, label: str, place: Place) -> Mention | None:
    """Give the body that a name means at a place; None where it means the same everywhere."""
    if ctx.vocabulary.knows("Organization", label):
        return None
    keeper = place.name or (ctx.plan.number or ctx.plan.label if ctx.plan else ctx.document.key)
    named = _LOCAL.match(label)
    if named and not _MARKET.match(label) and not _COLLECTIVE.match(label):
        here = getattr(place, _LEVELS[named["level"]])
        if here:
            return Mention("Organization", here + named["rest"])
        return Mention("Organization", label, keeper=keeper)
    if _COLLECTIVE.match(label) and not (not place.name and _NATIONAL.match(label)):
        return Mention("Organization", label, keeper=keeper)
    return None

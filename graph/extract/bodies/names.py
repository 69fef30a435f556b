"""Names of bodies in running text and in lists: known ones from the vocabulary, others by how such names end."""

from __future__ import annotations

import re

from ...core.model import Span
from ...text.enumerations import clean, split_list
from ..context import Context

_OTHERS = re.compile(r"等(?:有关|相关|各)?(?:[\d一二三四五六七八九十]+个?)?(?:部门|单位|部委|方面|机构|地区)*(?:和单位|和地方)?.*$")
_MORE = re.compile(r"等(?:有关|相关|各)?(?:部门|单位|部委)?(?:和|及|以及|与|会同)(?P<more>[^、]{2,20})$")
_SHORTENED = re.compile(r"（(?:以下|下文|下)?(?:统一)?(?:简称|称)[^（）]*）")
_JOINT = re.compile(r"和|与|及|会同|联合|以及|商|牵头会同")
_NO_NAME = re.compile(r"[，。；：！？\d《》]|^[一二两三四五六七八九十]+部")
_UNNAMED = re.compile(r"^(?:各?(?:有关|相关)(?:部门|方面)|有关地方)(?:和单位)?$")
_GOVERNMENT = re.compile(r"[市县区州旗盟](?P<word>人民政府|政府|管委会)$")
_PLACE = re.compile(r"[^\W\da-zA-Z_各有相]{1,6}[市县区州旗盟]")
_LEVELS = re.compile(r"各(?:省|自治区|直辖市|设区市|地级市|市|州|盟|县|旗|区|乡镇|镇|街道)(?:、(?:自治区|直辖市|市|州|盟|县|旗|区|镇|街道))*")
_SHORTEST, _LONGEST = 2, 30


def is_body(ctx: Context, name: str) -> bool:
    """Tell whether a name is that of a body: it is known, or it ends like one and holds no verb."""
    if ctx.vocabulary.knows("Organization", name):
        return True
    if not _SHORTEST <= len(name) <= _LONGEST or _NO_NAME.search(name):
        return False
    return name.endswith(ctx.vocabulary.role("org.suffix")) and name not in ctx.vocabulary.role("org.not")


def bodies_in(ctx: Context, span: Span, *, strict: bool = True) -> list[tuple[str, Span]]:
    """Split a list of bodies into names and places; what is no body's name is left out (kept when not `strict`)."""
    found = []
    governed = _GOVERNMENT.search(ctx.text[span.start : span.end].split("，")[0].rstrip("）)。；")) is not None
    members = _whole(ctx, split_list(ctx.text, span.start, span.end, joints=False))
    for member in members:
        raw = ctx.text[member.start : member.end].removeprefix("由")
        raw = _SHORTENED.sub("", raw)
        name = clean(_OTHERS.sub("", raw))
        # 甲、乙等和各省级人民政府: what 等 leaves open is closed by one more body.
        more = _MORE.search(raw)
        if more and is_body(ctx, more["more"]) and not _UNNAMED.match(more["more"]):
            found += [(part, member) for part in _parts(ctx, name) if part and is_body(ctx, part)]
            found.append((more["more"], member))
            continue
        if len(members) > 1 and _UNNAMED.match(name):
            # 甲、乙、有关部门 : beside named bodies the unnamed ones say nothing.
            continue
        found += [
            (part, member)
            for part in _parts(ctx, name)
            if part and (is_body(ctx, part) or (not strict and _SHORTEST <= len(part) <= _LONGEST) or (governed and _PLACE.fullmatch(part)))
        ]
    return _governments(ctx, found)


def _whole(ctx: Context, members: list[Span]) -> list[Span]:
    """Put together what 、 parted within one collective name (各市、县人民政府)."""
    whole: list[Span] = []
    for member in members:
        if whole and _LEVELS.fullmatch(ctx.text, whole[-1].start, whole[-1].end):
            whole[-1] = Span(whole[-1].start, member.end)
        else:
            whole.append(member)
    return whole


def _governments(ctx: Context, names: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Give places of a list the word that only its last one bears: 临洲市、望川市人民政府 are two governments."""
    completed = list(names)
    suffix = ""
    for index in range(len(names) - 1, -1, -1):
        name, member = names[index]
        ending = _GOVERNMENT.search(name)
        if ending:
            suffix = ending["word"]
        elif suffix and _PLACE.fullmatch(name):
            completed[index] = (name + suffix, member)
        else:
            suffix = ""
    return completed


def _parts(ctx: Context, name: str) -> list[str]:
    """Split A和B, A会同B when both sides are bodies and the whole is none that the vocabulary knows."""
    if ctx.vocabulary.knows("Organization", name):
        return [name]
    for match in _JOINT.finditer(name):
        left, right = name[: match.start()], name[match.end() :]
        if is_body(ctx, left) and (is_body(ctx, right) or _UNNAMED.match(right) or right.startswith(("有关", "相关"))):
            return [left, right] if is_body(ctx, right) and not right.startswith(("有关", "相关")) else [left]
    return [name]

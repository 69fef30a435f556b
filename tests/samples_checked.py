"""A short plan of our own writing with an overlay: its build holds every basis and most classes, and is small enough to be checked often."""

from __future__ import annotations

from pathlib import Path

from yangfan.pipeline import build

PLAN = """---
title: 海州市人民政府关于印发《海州市渔港建设行动计划（2024—2026年）》的通知
---

海政发〔2024〕8号

现将《海州市渔港建设行动计划（2024—2026年）》印发给你们，请认真贯彻落实。

海州市人民政府

2024年3月5日

# 海州市渔港建设行动计划（2024—2026年）

为落实《渔业条例》，推动智慧港口应用大数据技术，制定本计划。

## 一、总体要求

《行动计划》提出港航服务升级、渔民培训2大行动。《行动计划》面向海上生产、港航服务两大领域，重点推进4个行业的数字化。从海上生产领域看，重点发展海洋牧场和深远海养殖，提升产量；从港航服务领域看，重点发展智慧港口、航运保险等行业的应用。

到2026年，深水泊位数量达到12个以上，海水养殖覆盖率超过40%，渔港投资达到30—50亿元。2023年，海水养殖覆盖率达到25%。

## 二、重点任务

（一）建设渔港平台。整合现有资源，应用人工智能技术，服务智慧港口行业。（教育部、财政部负责）

（二）培育示范项目。2025年底前完成渔港普查。（农业农村部牵头）

## 三、保障措施

（一）加强组织领导。明确路线图和时间表。（财政部负责）

我们还开了一个会，大家都很高兴地发了言。
"""
OVERLAY = """plan: 海政发〔2024〕8号
sources:
  letter: {title: 印发通知, url: "https://example.org/letter", date: 2024-03-05, status: official}
issuers:
  - {name: 自然资源部, source: letter, note: 通知所载}
aliases:
  - {class: Industry, name: 智慧港口, alt: x, alias: 智能港口, source: letter}
attributes:
  - {property: dcterms:issued, value: 2024-03-05, source: letter}
"""


def build_checked(folder: Path) -> Path:
    """Build the plan with its overlay into `folder/exports`."""
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    overlay = folder / "plan.overlay.yaml"
    overlay.write_text(OVERLAY.replace("alt: x, ", ""), encoding="utf-8")
    built = build([folder / "plan.md"], folder / "exports", [overlay])
    assert built.findings == []
    return folder / "exports"

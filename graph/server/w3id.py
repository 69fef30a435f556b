"""The rules that lead the permanent identifiers at w3id.org to a server of one's own, ready to be handed in there (perma-id/w3id.org)."""

from __future__ import annotations

import re

from ..core.errors import YangfanError
from ..core.namespaces import ONTOLOGY

_HOST = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?")


def redirects(host: str) -> str:
    """Give the file `.htaccess` that leads to the server at an address.

    Raises `YangfanError` for what is no address of a server.
    """
    if not _HOST.fullmatch(host):
        raise YangfanError(f"no address of a server: {host} (https://plans.example.org)")
    return (ONTOLOGY / "w3id" / "htaccess.txt").read_text(encoding="utf-8").replace("{host}", host.rstrip("/"))

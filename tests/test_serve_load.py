"""A short storm on the server; `python -m benchmarks.load` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.load import storm
from tests.samples import sample_graph, write_exports
from tests.serving import serving

pytestmark = pytest.mark.server


def test_mixed_and_malformed_requests_never_bring_a_server_fault(tmp_path: Path) -> None:
    with serving(write_exports(sample_graph(), tmp_path)) as server:
        port = int(server.url.rpartition(":")[2])
        seen, held = storm(port, server.process.pid, 1600, steps=4)
        assert server.ask("ASK {}").status_code == 200
    assert sum(seen.values()) == 1600
    assert not [status for status in seen if status >= 500 or status < 0]
    assert seen[200] > 1000
    # What each step adds to the memory is not more than what warming up took.
    assert held[-1] < held[0] * 1.5

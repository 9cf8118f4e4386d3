"""Collates every audit of a folder, and tells how long it took and the most memory it held."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from hsb_desktop.operations.collating import collate


def main(folder: Path, count: int, out: Path) -> None:
    """Collate the first `count` audits of a folder."""
    paths = sorted(folder.glob("*.hsbaudit"))[:count]
    # What is imported and made once is not to count.
    collate(paths[:1], out)
    began = time.perf_counter()
    collate(paths, out)
    took = (time.perf_counter() - began) * 1000
    # In bytes on macOS, in units of 1024 bytes elsewhere.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << (20 if sys.platform == "darwin" else 10)
    )
    print(json.dumps({"took": took, "peak": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))

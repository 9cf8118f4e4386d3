"""The full report against LibreOffice printing an equal workbook."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.bench.figures import Result, Row, median, milliseconds
from tests.bench.processes import time_command
from tests.bench.samples import write_full

RUNS, QUICK_RUNS = 7, 1
_LIMIT = 0.35
_WHAT = "the full report"


def measure(folder: Path, quick: bool) -> Result:
    """Let both print in turn, each a whole process."""
    runs = QUICK_RUNS if quick else RUNS
    audit = write_full(folder / "report.hsbaudit")
    workbook, pdf = folder / "report.xlsx", folder / "report.pdf"
    cli = [sys.executable, "-m", "hsb_desktop.cli", "export", str(audit), "-o"]
    time_command([*cli, str(workbook)], folder)
    office = _office_command(folder, workbook)
    # The first run of each makes what later ones find: LibreOffice its profile, Python its bytecode.
    for command in filter(None, (office, [*cli, str(pdf)])):
        time_command(command, folder)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(runs):
        if office:
            (folder / "office" / "report.pdf").unlink()
            theirs.append(time_command(office, folder))
            _check_pdf(folder / "office" / "report.pdf")
        pdf.unlink()
        ours.append(time_command([*cli, str(pdf)], folder))
        _check_pdf(pdf)
    return Result(
        "report",
        "The report",
        f"Median of {runs} whole processes each, in turn: `hsb-audit export` of the sample audit to PDF, "
        "and LibreOffice (`soffice --headless --convert-to pdf`) with the workbook that `hsb-audit "
        "export` wrote from the same audit. LibreOffice has a profile of its own, made by a first run "
        "that is not counted.",
        (_row(ours, theirs),),
    )


def _row(ours: list[float], theirs: list[float]) -> Row:
    figure = milliseconds(median(ours))
    if not theirs:
        reason = f"{figure}; LibreOffice is not installed here, so there is nothing to compare it with"
        return Row(_WHAT, figure, limit=_LIMIT, skipped=reason)
    base = median(theirs)
    return Row(_WHAT, figure, f"LibreOffice {milliseconds(base)}", median(ours) / base, _LIMIT)


def _office_command(folder: Path, workbook: Path) -> list[str]:
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        return []
    profile = (folder / "office-profile").as_uri()
    out = str(folder / "office")
    return [
        soffice,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        out,
        str(workbook),
    ]


def _check_pdf(path: Path) -> None:
    content = path.read_bytes() if path.exists() else b""
    if not content.startswith(b"%PDF"):
        raise RuntimeError(f"{path.name} was not printed")

"""Markup, formulas, templates and escapes in the texts of an audit: literal wherever they come out."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.faults.audits import is_posix
from tests.faults.fault import Fault, Lost, Place
from tests.faults.payloads import PAYLOADS

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = Path(__file__).resolve().parents[1] / "children" / "show_payloads.py"
_WAYS = 8
"""File, CSV, workbook, JSON, report, form, window, dialogs."""
_AT_ONCE = 5
_LONGEST_SECONDS = 240


def _trial(place: Place) -> int:
    numbers = [(place.index * _AT_ONCE + number) % len(PAYLOADS) for number in range(_AT_ONCE)]
    pipe = place.folder / "pipe"
    if is_posix():
        os.mkfifo(pipe)
    with _Listening() as listening:
        done = _run(place.folder, listening.url, pipe, numbers)
    if done.returncode:
        raise Lost(f"{numbers}: {done.stderr[-1500:]}")
    if listening.asked:
        raise Lost(f"{numbers}: the address was asked for {listening.asked}")
    return _AT_ONCE * _WAYS


def _run(folder: Path, url: str, pipe: Path, numbers: list[int]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [sys.executable, str(_CHILD), str(folder), url, str(pipe), *map(str, numbers)],
            env={
                **os.environ,
                "PYTHONPATH": str(_ROOT),
                "QT_QPA_PLATFORM": "offscreen",
                "HSB_AUDIT_HOME": str(folder / "home"),
            },
            capture_output=True,
            text=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Lost(f"{numbers}: never ended; was the pipe opened?") from error


class _Listening:
    """An address on this machine that writes down what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> _Listening:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


FAULT = Fault(
    number=25,
    title="Markup and formulas in text",
    must="literal in every screen, tooltip, PDF, workbook and CSV; no file or address opened",
    trial=_trial,
    count=len(PAYLOADS) * _WAYS,
    sample=1,
    limits="No spreadsheet program opens the files: what they would take for a formula is looked for. There "
    "is no Word report yet.",
)

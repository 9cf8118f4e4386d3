"""The program's window on an audit with three waves and twelve agencies, all of them on the radar.

For each line it answers with milliseconds until everything is painted: "reveal 1.1" opens a round in which
each agency answers, and times the key that reveals it; "overlay" takes all series but one off the radar, and
times laying all of them over one another again; "score 1.1" times the partnership's score meanwhile.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from hsb_desktop.analysis.overlays import SeriesKey
from hsb_desktop.app import WorkshopApplication
from hsb_desktop.operations.overlays import show_only
from hsb_desktop.operations.rounds import record_vote, reveal, start_round
from hsb_desktop.ui.save_state import SaveKind
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import PARTNERSHIP, ChangeSet
from tests.bench.children.built import PATIENCE_SECONDS, TimedRadarPlot, open_built, settle
from tests.bench.children.painted import tell


def main(path: str) -> None:
    application = WorkshopApplication(sys.argv[:1])
    window, page = open_built(application, path)
    session = page.session
    everything = tuple(
        SeriesKey(wave.wave_id, party_id)
        for wave in session.audit.waves
        for party_id in (PARTNERSHIP, *(agency.agency_id for agency in session.audit.agencies))
    )
    apply(session, show_only(session.audit, everything))
    tell(ready=1)
    for line in sys.stdin:
        kind, _, statement_id = line.strip().partition(" ")
        settle(application)
        match kind:
            case "reveal":
                answer_unseen(session, statement_id)
                settle(application)
                times = timed(application, session, partial(revealed, session, statement_id))
            case "overlay":
                apply(session, show_only(session.audit, everything[-1:]))
                settle(application)
                times = timed(application, session, partial(shown, session, everything))
            case _:
                times = timed_score(application, session, statement_id)
        tell(**times)
    window.close()


def answer_unseen(session: AuditSession, statement_id: str) -> None:
    wave_id = session.wave_id
    apply(session, start_round(session.audit, wave_id, statement_id))
    for number, agency in enumerate(session.audit.agencies):
        key = session.key(statement_id)._replace(party_id=agency.agency_id)
        score = ((session.audit.response(key).score or 0) + 1 + number % 3) % 5
        apply(session, record_vote(session.audit, wave_id, statement_id, agency.agency_id, score))


def revealed(session: AuditSession, statement_id: str) -> ChangeSet:
    return reveal(session.audit, session.wave_id, statement_id)


def shown(session: AuditSession, keys: tuple[SeriesKey, ...]) -> ChangeSet:
    return show_only(session.audit, keys)


def timed(
    application: WorkshopApplication, session: AuditSession, make: Callable[[], ChangeSet]
) -> dict[str, float]:
    began = time.perf_counter()
    session.apply(make())
    return until_painted(application, session, began)


def timed_score(
    application: WorkshopApplication, session: AuditSession, statement_id: str
) -> dict[str, float]:
    score = ((session.audit.response(session.key(statement_id)).score or 0) + 1) % 5
    began = time.perf_counter()
    session.set_score(statement_id, score)
    return until_painted(application, session, began)


def until_painted(application: WorkshopApplication, session: AuditSession, began: float) -> dict[str, float]:
    told = time.perf_counter()
    application.processEvents()
    ended = time.perf_counter()
    assert session.save_state.kind is SaveKind.SAVED, session.save_state
    assert told < TimedRadarPlot.painted_at < ended, "the radar was not painted after the commit"
    return {
        "radar": (TimedRadarPlot.painted_at - began) * 1000,
        "everything": (ended - began) * 1000,
        "until_told": (told - began) * 1000,
    }


def apply(session: AuditSession, change_set: ChangeSet) -> None:
    """Write a change and wait for the disk, however busy."""
    session.apply(change_set)
    assert session.settle(PATIENCE_SECONDS)


main(sys.argv[1])

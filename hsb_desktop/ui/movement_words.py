"""What moved between two waves, in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hsb_desktop.analysis.movement import MoveKind, Movement, StatementMove
from hsb_desktop.ui.counted import counted

_SCORED_ONCE = (MoveKind.ONLY_BEFORE, MoveKind.ONLY_NOW)


def kind_in_words(kind: MoveKind) -> str:
    """Return how a move is called."""
    return {
        MoveKind.LOSS: _tr("lower"),
        MoveKind.NO_LONGER_EVIDENCED: _tr("no longer evidenced"),
        MoveKind.GAIN: _tr("higher"),
        MoveKind.UNCHANGED: _tr("unchanged"),
        MoveKind.ONLY_BEFORE: _tr("not scored now"),
        MoveKind.ONLY_NOW: _tr("not scored before"),
    }[kind]


def shared_in_words(movement: Movement) -> str:
    """Return "32 of 46 statements were scored in both", with what else is compared and what is not."""
    statements = sum(domain.statements for domain in movement.domains)
    words = QCoreApplication.translate(
        "Movement", "%n of {0} statements (was/were) scored in both", "", movement.shared
    )
    return counted(words, movement.shared).format(statements)


def counts_in_words(movement: Movement) -> str:
    """Return "2 lower, 5 higher, 24 unchanged, 1 no longer evidenced", leaving out what there is none of.

    What is no longer evidenced is counted wherever its score went; what was scored once only is not compared.
    """
    count = {kind: len(movement.of_kind(kind)) for kind in MoveKind if kind not in _SCORED_ONCE}
    # What only lost its evidence has the score of last time.
    count[MoveKind.UNCHANGED] += count.pop(MoveKind.NO_LONGER_EVIDENCED)
    told = _told(count)
    lost = len(movement.no_longer_evidenced)
    if lost:
        told.append(_tr("{0} no longer evidenced").format(lost))
    return ", ".join(told) or _tr("nothing to compare")


def not_compared_in_words(movement: Movement) -> str:
    """Return "26 not scored now, 14 not scored before"; empty where every scored statement is compared."""
    return ", ".join(_told({kind: len(movement.of_kind(kind)) for kind in _SCORED_ONCE}))


def _told(count: dict[MoveKind, int]) -> list[str]:
    return [f"{number} {kind_in_words(kind)}" for kind, number in count.items() if number]


def change_in_words(change: float | None, *, decimals: int = 0) -> str:
    """Return "+2", "−1", "0", or "–" where there is nothing to compare; means have a decimal."""
    if change is None:
        return "–"
    written = f"{abs(change):.{decimals}f}"
    if float(written) == 0:
        return written
    return f"+{written}" if change > 0 else f"−{written}"


def progress_in_words(move: StatementMove) -> str:
    """Return "3: 50 %", "3: reached", or "3: –" where it is not above the baseline; nothing without one."""
    if move.target is None:
        return ""
    if move.progress is None:
        return f"{move.target}: –"
    if move.progress >= 1:
        return _tr("{0}: reached").format(move.target)
    done = f"{round(100 * move.progress)} %".replace("-", "−")
    return f"{move.target}: {done}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Movement", words)

"""Values that no audit holds, in a file whose digests agree, and in rows of other programs."""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.errors import InputRefused, RowsRefused
from hsb_desktop.model import Audit
from hsb_desktop.operations.importing import plan_import
from hsb_desktop.store import gate
from hsb_desktop.store.value_rules import can_hold
from tests.faults.audits import NAME, look_without_a_trace, plain_sentence, replaced
from tests.faults.fault import Fault, Lost, Place
from tests.faults.hostile_imports import as_csv, as_workbook, hostile_document, hostile_table
from tests.faults.hostile_values import Attack, RawText, make_attacked, random_attack
from tests.interchange.audits import empty_audit
from tests.store.files import bare_audit

_FILES, _CSVS, _DOCUMENTS, _WORKBOOKS = 60, 20, 15, 5


def _trial(place: Place) -> int:
    path = place.folder / NAME
    made = 0
    while made < _FILES:
        attack = random_attack(place.random)
        if not make_attacked(path, attack, place.random):
            continue
        made += 1
        seen = look_without_a_trace(path, read_only=bool(made % 2))
        if not seen.found:
            raise Lost(f"{attack.table}.{attack.column} = {str(attack.value)[:60]} was taken for sound")
    path.unlink()
    for suffix, count in ((".csv", _CSVS), (".xlsx", _WORKBOOKS), (".json", _DOCUMENTS)):
        for _ in range(count):
            _import(place, place.folder / f"rows{suffix}")
    return _FILES + _CSVS + _WORKBOOKS + _DOCUMENTS


def _import(place: Place, source: Path) -> None:
    if source.suffix == ".json":
        audit = empty_audit()
        content, what = hostile_document(place.random)
    else:
        audit = bare_audit()
        table, what = hostile_table(place.random)
        content = as_csv(table) if source.suffix == ".csv" else as_workbook(table)
    source.write_bytes(content)
    _refused(audit, source, what)
    if source.read_bytes() != content:
        raise Lost(f"{source.name} was changed by being read")


def _refused(audit: Audit, source: Path, what: str) -> None:
    try:
        plan = plan_import(audit, source)
    except RowsRefused as refused:
        if not refused.problems:
            raise Lost(f"{source.name} was refused without naming a row") from refused
        for problem in refused.problems:
            plain_sentence(f"{problem}.")
    except InputRefused as refused:
        plain_sentence(str(refused))
    except Exception as error:
        raise Lost(f"{source.name} with {what}: {type(error).__name__}: {error}") from error
    else:
        raise Lost(f"{source.name} with {what} would be taken in: {plan.sentences[0]}")


def _control(place: Place) -> None:
    """Digests alone: whoever changes a value can compute them anew."""
    path = place.folder / NAME
    with replaced(gate, can_hold=lambda address, value: value == 9 or can_hold(address, value)):
        make_attacked(path, Attack("response_score", "score", 9), place.random)
        if not look_without_a_trace(path).found:
            raise Lost("a score of 9 is taken in where only the digests are looked at")
    make_attacked(path, Attack("audit", "title", RawText(b"")), place.random)


FAULT = Fault(
    number=22,
    title="Hostile values",
    must="refused in a sentence, or reported by row or check; nothing taken in, bytes unchanged",
    trial=_trial,
    count=5_000,
    sample=1,
    limits="One hostile value at a time, sealed anew; what is wrong in the history is told by the check "
    "of an open file, not at its opening.",
    control=_control,
)

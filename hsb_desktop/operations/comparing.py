"""Setting several audits beside one another: lowest, median and highest, and nobody ranked.

Each is opened for reading only, and judged as any other file. Of an open round nothing is looked at: only
responses are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.several import Comparison, Grouping, Member, compare, groups_of, member_of
from hsb_desktop.analysis.side_by_side import MemberKind, SideBySide, groups_side_by_side, lettered, named
from hsb_desktop.errors import InputRefused, OutputRefused
from hsb_desktop.instrument import is_same_instrument
from hsb_desktop.model import Audit, Instrument, Wave
from hsb_desktop.operations.by_name import called
from hsb_desktop.report.wording import STRICTEST_MARKING
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.whole_file import whole_file

COMPARISON_SUFFIXES = (".pdf", ".csv", ".xlsx")
FEWEST_AUDITS = 2

_Wave = TypeVar("_Wave")

PasswordOf = Callable[[Path], str | None]
"""Returns the password of a file; None for one that needs none."""


@dataclass(frozen=True, slots=True)
class ComparedWave:
    """One wave of an audit that is compared."""

    label: str
    held_on: str
    """YYYY-MM-DD or empty."""
    member: Member


@dataclass(frozen=True, slots=True)
class ComparedAudit:
    """One audit among several: what is needed of it, and not the whole of it."""

    path: Path
    audit_id: str
    instrument: Instrument
    waves: tuple[ComparedWave, ...]
    """At least one; the latest is the last."""
    marking: str
    is_sample: bool
    open_conflicts: int

    def wave(self, label: str | None) -> ComparedWave:
        """Return the wave of that label, or the latest in which something is scored, else the latest.

        Raises InputRefused where there is no such wave.
        """
        if label is None:
            return _latest_scored(self.waves, lambda wave: bool(wave.member.scores))
        matching = called(self.waves, label, lambda wave: wave.label)
        if len(matching) == 1:
            return matching[0]
        raise _no_such_wave(self.path, label, [wave.label for wave in self.waves], len(matching))


def no_password(_path: Path) -> str | None:
    """Return None: for files that are not protected."""
    return None


def read_compared(path: Path, password: str | None = None) -> ComparedAudit:
    """Return one audit for a comparison.

    Raises FileRefused for a file that cannot be opened; InputRefused where it has no wave.
    """
    with AuditFile.open(path, read_only=True, password=password) as file:
        return compared(file.read(), path)


def compared(audit: Audit, path: Path) -> ComparedAudit:
    """Return an audit that was read already for a comparison.

    Raises InputRefused where it has no wave, and for a pack.
    """
    refuse_pack(audit, path)
    if not audit.waves:
        raise _without_wave(path)
    return ComparedAudit(
        path=path,
        audit_id=audit.audit_id,
        instrument=audit.instrument,
        waves=tuple(
            ComparedWave(wave.label, wave.held_on, member_of(audit, wave.wave_id)) for wave in audit.waves
        ),
        marking=audit.details.marking.strip(),
        is_sample=audit.is_sample,
        open_conflicts=len(audit.conflicts),
    )


def read_all(paths: Iterable[Path], *, password_of: PasswordOf = no_password) -> tuple[ComparedAudit, ...]:
    """Return several audits for a comparison, one after the other.

    Raises what `read_compared` raises, and InputRefused for the same audit twice or another instrument.
    """
    found: list[ComparedAudit] = []
    for path in paths:
        found.append(read_compared(path, password_of(path)))
        refuse_unlike(found)
    return tuple(found)


def refuse_unlike(audits: Sequence[ComparedAudit]) -> None:
    """Raise InputRefused where the last of several audits cannot stand beside those before it."""
    *others, last = audits
    for other in others:
        if other.audit_id == last.audit_id:
            raise InputRefused(
                f"{other.path.name} and {last.path.name} are the same audit, which would count twice. "
                "One of them is enough."
            )
    if others and not is_same_instrument(others[0].instrument, last.instrument):
        raise InputRefused(
            f'{last.path.name} is an audit with another audit tool ("{last.instrument.title}") than '
            f'{others[0].path.name} ("{others[0].instrument.title}"). Their scores cannot be compared; '
            "nothing was compared."
        )


def side_by_side(
    audits: Sequence[ComparedAudit], *, is_named: bool = False, wave_label: str | None = None
) -> SideBySide:
    """Return audits beside one another, each under a letter unless they are to be named.

    It is the latest wave of each in which something is scored, or the one of that label. Raises InputRefused
    for fewer than two, and where one has no such wave.
    """
    if len(audits) < FEWEST_AUDITS:
        raise InputRefused("To compare, it takes two audits at least. Nothing was compared.")
    instrument = _shown_instrument(audits)
    waves = [audit.wave(wave_label) for audit in audits]
    comparison = compare((wave.member for wave in waves), instrument)
    ordered, names = named(comparison) if is_named else lettered(comparison)
    markings = sorted({audit.marking for audit in audits} - {""})
    return SideBySide(
        comparison=ordered,
        names=names,
        kind=MemberKind.AUDITS,
        is_named=is_named,
        instrument=instrument,
        wave=f'the wave "{wave_label}" of each' if wave_label else "the latest wave of each",
        notes=tuple(_notes(audits, waves, instrument, wave_label)),
        details=_details(ordered, waves) if is_named else (),
        # A marking is often the area's own, with its name in it.
        marking=" / ".join(markings) if is_named or not markings else STRICTEST_MARKING,
        is_sample=any(audit.is_sample for audit in audits),
    )


def compare_groups(
    path: Path,
    grouping: Grouping,
    *,
    wave_label: str | None = None,
    is_named: bool = False,
    password: str | None = None,
) -> SideBySide:
    """Return the areas or sectors of one audit beside one another.

    It is the latest wave in which one of their agencies has scored something, or the one of that label.

    Raises FileRefused for a file that cannot be opened; InputRefused where it has no such wave, or where its
    agencies name fewer than two areas or sectors.
    """
    with AuditFile.open(path, read_only=True, password=password) as file:
        audit = file.read()
    wave = _wave(audit, wave_label, path, grouping)
    shown = groups_side_by_side(audit, wave.wave_id, grouping, is_named=is_named)
    if wave_label is None and wave != audit.waves[-1]:
        latest = audit.waves[-1].label
        note = f'No agency has scored anything in the wave "{latest}" yet; "{wave.label}" is compared.'
        shown = replace(shown, notes=(*shown.notes, note))
    if sum(bool(member.name) for member in shown.comparison.members) < FEWEST_AUDITS:
        raise InputRefused(
            f"The agencies of {path.name} name fewer than two {shown.kind.value}, so there is nothing to "
            "compare. Each agency's area and sector are entered with the agencies, in the details."
        )
    return shown


def write_comparison(shown: SideBySide, out: Path, printed_on: str) -> tuple[str, ...]:
    """Write a comparison as its suffix says, whole or not at all; return notices for the person.

    `printed_on` is YYYY-MM-DD. Raises OutputRefused if `out` cannot be written; InputRefused for a suffix
    that is unknown.
    """
    suffix = out.suffix.lower()
    if suffix not in COMPARISON_SUFFIXES:
        raise InputRefused(
            f"{out.name} does not end in one of {', '.join(COMPARISON_SUFFIXES)}. Nothing was written."
        )
    if suffix == ".pdf":
        from hsb_desktop.report.comparison_pdf import write_comparison_pdf

        outcome = write_comparison_pdf(shown, out, printed_on)
        stand_ins = ", ".join(f"U+{ord(character[0]):04X}" for character in outcome.missing)
        return (
            (f"Printed as a stand-in, because no typeface of the program has them: {stand_ins}.",)
            if stand_ins
            else ()
        )
    from hsb_desktop.operations.comparison_tables import comparison_csv, comparison_workbook

    content = comparison_csv(shown) if suffix == ".csv" else comparison_workbook(shown)
    with whole_file(out) as temporary:
        temporary.write_bytes(content)
    return ()


def refuse_overwriting(out: Path, paths: Iterable[Path]) -> None:
    """Raise OutputRefused where an output would take the place of one of the audits that it is made from."""
    for path in paths:
        if out.exists() and path.exists() and out.samefile(path):
            raise OutputRefused(f"{out} is one of the audits. Choose another name; nothing was changed.")


def _latest_scored(waves: Sequence[_Wave], is_scored: Callable[[_Wave], bool]) -> _Wave:
    """Return the last wave in which something is scored; the last of all where nothing is in any."""
    return next(filter(is_scored, reversed(waves)), waves[-1])


def _wave(audit: Audit, label: str | None, path: Path, grouping: Grouping) -> Wave:
    if not audit.waves:
        raise _without_wave(path)
    if label is None:
        return _latest_scored(
            audit.waves,
            lambda wave: any(group.scores for group in groups_of(audit, wave.wave_id, grouping)),
        )
    matching = called(audit.waves, label, lambda wave: wave.label)
    if len(matching) == 1:
        return matching[0]
    raise _no_such_wave(path, label, [wave.label for wave in audit.waves], len(matching))


def refuse_pack(audit: Audit, path: Path) -> None:
    """Raise InputRefused for a file that was sent out to be filled in: it is a part of another audit."""
    if audit.pack is not None:
        raise InputRefused(
            f"{path.name} is a pack of {audit.party_name(audit.pack.party_id)}, a part of an audit that was "
            "sent out to be filled in. Take it into that audit, and use that one."
        )


def _without_wave(path: Path) -> InputRefused:
    return InputRefused(f"{path.name} has no wave yet. Nothing was compared: leave it out.")


def _no_such_wave(path: Path, label: str, known: Iterable[str], matching: int) -> InputRefused:
    labels = ", ".join(f'"{each}"' for each in known)
    return InputRefused(
        f'{path.name} has {"more than one" if matching else "no"} wave called "{label}". Its waves are: '
        f"{labels}. Nothing was compared."
    )


def _shown_instrument(audits: Sequence[ComparedAudit]) -> Instrument:
    """Return the edition that most audits use; of two as frequent, the one whose id sorts first."""
    often = Counter(audit.instrument.instrument_id for audit in audits)
    chosen = min(often, key=lambda instrument_id: (-often[instrument_id], instrument_id))
    return next(a.instrument for a in audits if a.instrument.instrument_id == chosen)


def _notes(
    audits: Sequence[ComparedAudit],
    waves: Sequence[ComparedWave],
    shown: Instrument,
    wave_label: str | None,
) -> Iterable[str]:
    editions = sorted({audit.instrument.edition for audit in audits})
    if len(editions) > 1:
        yield (
            f"The audits use {len(editions)} editions of the audit tool, which differ in the words of some "
            f"statements. Statements are compared by their numbers; the words are those of: {shown.edition}."
        )
    absent = sorted({n for wave in waves for n in wave.member.scores if not shown.has_statement(n)})
    if absent:
        yield f"Left out, because that edition has no such statements: {', '.join(absent)}."
    earlier = sum(wave is not audit.waves[-1] for audit, wave in zip(audits, waves, strict=True))
    if earlier and not wave_label:
        yield (
            f"{earlier} of the audits {'has' if earlier == 1 else 'have'} nothing scored in the latest wave "
            "yet; the last wave before it that has scores is compared."
        )
    conflicts = sum(bool(audit.open_conflicts) for audit in audits)
    if conflicts:
        yield (
            f"{conflicts} of the audits {'holds' if conflicts == 1 else 'hold'} conflicts that nobody has "
            "settled yet; the values in place are compared."
        )


def _details(shown: Comparison, waves: Sequence[ComparedWave]) -> tuple[str, ...]:
    by_key = {wave.member.key: wave for wave in waves}
    return tuple(
        f"{by_key[member.key].label}, {written_date(by_key[member.key].held_on) or 'no date given'}"
        for member in shown.members
    )

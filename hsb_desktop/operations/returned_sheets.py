"""A worksheet that came back, as the copy of the audit that it stands for: so it merges by the same rules.

What somebody typed into a worksheet goes on from what stood there when it was sent out. It gets revisions
that follow from that and from what was typed alone: the same worksheet taken in twice, in whatever order, is
one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from hsb_desktop.errors import InputRefused, RowProblem, RowsRefused
from hsb_desktop.interchange.pack_reference import PackReference, mark_of, read_reference
from hsb_desktop.interchange.rows import Entries, Entry, read_entries
from hsb_desktop.interchange.text import shown
from hsb_desktop.interchange.workbook_rows import read_workbook
from hsb_desktop.model import Audit
from hsb_desktop.operations.pack_parts import pack_part
from hsb_desktop.operations.row_changes import changes_from_entries, refuse_rows
from hsb_desktop.operations.sheet_notices import (
    cells_left_out,
    named_after_file,
    stray_reasons,
    with_statements,
)
from hsb_desktop.operations.source_file import read_source
from hsb_desktop.report.wording import listed
from hsb_desktop.store.ancestry import ancestry_of, revisions_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.pack import in_memory
from hsb_desktop.values import (
    NO_VIEW,
    PARTNERSHIP,
    Change,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    response_address,
)

_TYPED = uuid.UUID("7d2c1a94-5b6e-5f0a-9c37-e1f84b2d6a50")
_ADDED = uuid.UUID("a96e3f71-0c48-5d83-b2ea-58d70c19f4b6")
"""Fixed for good: a worksheet must give the same ids whoever takes it in."""

_TYPED_INTO = ("score", "evidence", "assurance")

_Typed = dict[ValueAddress, Value]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet as the copy of the audit that it stands for, and what in it is not taken in."""

    copy: AuditFile
    notices: tuple[str, ...]
    """A sentence each, with the file's name: what somebody typed and no answer comes of."""


def open_worksheet(target: AuditFile, audit: Audit, path: Path) -> Worksheet:
    """Return what a worksheet says as a copy of `audit`, which `target` holds; it is never on any disk.

    A pack's worksheet says by its sheet `Reference` whose answers it holds; any other goes by the names in
    its rows, and adds an agency or a wave that the audit lacks. Each row has to name them: what names no
    agency would be the partnership's own, which is imported and never merged. Raises RowsRefused with
    every row that cannot be used, InputRefused for a file that cannot be used at all.
    """
    content = read_source(path)
    reference = read_reference(content, path.name)
    read = read_entries(read_workbook(content, path.name), audit.instrument, path.name)
    _refuse_renamed(read, path.name, is_pack=reference is not None)
    if reference is None:
        _refuse_nameless(audit, read, path.name)
    else:
        _refuse_strange(audit, reference, path.name)
    try:
        sheet = (
            _by_names(audit, read, path.name)
            if reference is None
            else _by_reference(audit, reference, read, path.name)
        )
    except RowsRefused as refused:
        raise RowsRefused(str(refused), with_statements(refused.problems, read)) from refused
    notices = named_after_file(path.name, dict.fromkeys((*read.notices, *sheet.notices)))
    return Worksheet(_as_copy(target, path, sheet), notices)


def _refuse_renamed(read: Entries, name: str, *, is_pack: bool) -> None:
    """Raise InputRefused where what was typed would be lost, because its column is called otherwise."""
    missing = [f'"{column}"' for column in _TYPED_INTO if column not in read.columns]
    if not missing or not (is_pack or read.unknown):
        return
    instead = f" There is {listed(read.unknown)} instead." if read.unknown else ""
    raise InputRefused(
        f"{name} has no column called {listed(missing)}, so what was typed there would be lost.{instead} "
        "Give each column its name again and take the worksheet in once more. Nothing of it was taken."
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a worksheet says, and about what."""

    skeleton: Audit
    """The audit without answers: what the sheet's own belong to."""
    typed: Mapping[ValueAddress, Value]
    base: Mapping[str, str]
    """By address, the revision that was sent out."""
    author: str
    notices: tuple[str, ...]


def _as_copy(target: AuditFile, path: Path, sheet: _Sheet) -> AuditFile:
    inside = {str(address) for address, _ in sheet.skeleton.values()}
    revisions = {address: each for address, each in revisions_of(target).items() if address in inside}
    ancestry = ancestry_of(target, revisions.values())
    authors = {}
    for address, value in sheet.typed.items():
        text = str(address)
        parent = sheet.base.get(text, "")
        revisions[text] = str(uuid.uuid5(_TYPED, f"{text}\n{parent}\n{value!r}"))
        ancestry[revisions[text]] = (parent,) if parent else ()
        authors[text] = sheet.author
    part = sheet.skeleton.with_changes(Change(address, None, value) for address, value in sheet.typed.items())
    return in_memory(path, part, revisions, ancestry, authors)


def _asked(reference: PackReference) -> tuple[str, str, str]:
    return reference.wave_id, reference.party_id, reference.domain_id


def _without_answers(part: Audit) -> Audit:
    """Only what is typed counts; the conflicts are about answers that are in nobody's worksheet."""
    return replace(
        part,
        responses=MappingProxyType({}),
        notes=MappingProxyType({}),
        readings=MappingProxyType({}),
        agreements=MappingProxyType({}),
        conflicts=tuple(each for each in part.conflicts if not each.address.startswith("response/")),
    )


# A pack's worksheet -----------------------------------------------------------------------------------------


def _refuse_strange(audit: Audit, reference: PackReference, name: str) -> None:
    if reference.audit_id != audit.audit_id:
        raise InputRefused(f"{name} belongs to another audit. Nothing of it was taken.")
    if all(wave.wave_id != reference.wave_id for wave in audit.waves):
        label = shown(reference.wave_label)
        raise InputRefused(f'{name} is about the wave "{label}", which the audit has no more.')
    if reference.party_id != PARTNERSHIP and all(
        agency.agency_id != reference.party_id for agency in audit.agencies
    ):
        name_then = shown(reference.party_name)
        raise InputRefused(f'{name} is from "{name_then}", which is no agency of the audit any more.')
    known = {domain.domain_id for domain in audit.instrument.domains}
    if reference.domain_id and reference.domain_id not in known:
        raise InputRefused(f'{name} is about a domain "{shown(reference.domain_id)}", which there is not.')


def _by_reference(audit: Audit, reference: PackReference, read: Entries, name: str) -> _Sheet:
    problems = list(read.problems)
    rows: dict[str, str] = {}
    typed: _Typed = {}
    for entry in read.with_faulty:
        about = entry.statement_id or f"domain {entry.domain_id}"
        if about in rows:
            problems.append(RowProblem(entry.place, f"is about {about}, as {rows[about]} is"))
        elif fault := _strange_names(audit, reference, entry):
            problems.append(RowProblem(entry.place, fault))
        else:
            rows[about] = entry.place
            typed |= dict(_values_of(reference, entry))
    refuse_rows(name, problems)
    return _Sheet(
        skeleton=_without_answers(pack_part(audit, *_asked(reference))),
        typed={a: value for a, value in typed.items() if not _stood_there(reference, a, value)},
        base={address: sent.revision_id for address, sent in reference.sent.items()},
        author=reference.party_name or shown(name),
        notices=(
            *stray_reasons(entry for entry in read.entries if _has_stray_reason(reference, entry)),
            *cells_left_out(read.entries, is_table=reference.party_id == PARTNERSHIP),
        ),
    )


def _has_stray_reason(reference: PackReference, entry: Entry) -> bool:
    """Whether somebody typed why there is no view, and did not choose that answer."""
    reason = entry.answer.get("no_view_reason", "")
    if reason == "" or entry.answer.get("score") == NO_VIEW:
        return False
    wave_id, party_id, _ = _asked(reference)
    key = ResponseKey(wave_id, party_id, entry.statement_id)
    return not _stood_there(reference, response_address(key, "no_view_reason"), reason)


def _strange_names(audit: Audit, reference: PackReference, entry: Entry) -> str:
    waves = {"", reference.wave_label, audit.wave(reference.wave_id).label}
    parties = {"", reference.party_name}
    if reference.party_id != PARTNERSHIP:
        parties.add(audit.agency(reference.party_id).name)
    if entry.wave not in waves:
        return f'names the wave "{shown(entry.wave)}"; this worksheet is for "{shown(reference.wave_label)}"'
    if entry.agency not in parties:
        whose = shown(reference.party_name) or "the partnership's table"
        return f'names "{shown(entry.agency)}"; this worksheet is for {whose}'
    return ""


def _values_of(reference: PackReference, entry: Entry) -> Iterator[tuple[ValueAddress, Value]]:
    wave_id, party_id, _ = _asked(reference)
    if entry.statement_id:
        key = ResponseKey(wave_id, party_id, entry.statement_id)
        for field, value in entry.answer.items():
            # A reason alone says why nobody has a view, and there is an answer that says otherwise, or none.
            is_stray = field == "no_view_reason" and entry.answer.get("score") != NO_VIEW
            if value not in (None, "") and not is_stray:
                yield response_address(key, field), value
    elif party_id == PARTNERSHIP:
        for field, text in (("comments", entry.comments), ("completed_on", entry.completed_on)):
            if text:
                yield ValueAddress(Subject.DOMAIN_NOTE, (wave_id, entry.domain_id), field), text


def _stood_there(reference: PackReference, address: ValueAddress, value: Value) -> bool:
    """Whether a value is the one that was sent out: then the worksheet says nothing new about it."""
    sent = reference.sent.get(str(address))
    return sent is not None and sent.mark == mark_of(value)


# Any other workbook -----------------------------------------------------------------------------------------


def _refuse_nameless(audit: Audit, read: Entries, name: str) -> None:
    """Raise InputRefused where a row says something and not for whom, or for which of several waves."""
    columns = {
        "agency": [entry.place for entry in read.entries if not entry.agency and _says_something(entry)],
        "wave": [entry.place for entry in read.entries if not entry.wave and _says_something(entry)],
    }
    if len(audit.waves) == 1:
        # There is nothing to choose from.
        del columns["wave"]
    empty = {column: places for column, places in columns.items() if places}
    if not empty:
        return
    rows = list(dict.fromkeys(place for places in empty.values() for place in places))
    which = f"{len(rows)} of its rows (the first is {shown(rows[0])}) leave"
    if len(rows) == 1:
        which = f"{shown(rows[0])} leaves"
    raise InputRefused(
        f'{name} has no sheet "Reference" that says whose answers it holds, and {which} '
        f"{' and '.join(empty)} empty. Nothing of it was taken. Fill in agency and wave in each row and take "
        "it in again; what the partnership itself agreed comes in with File, Import scores "
        "(hsb-audit import)."
    )


def _says_something(entry: Entry) -> bool:
    answers = (value for value in entry.answer.values() if value not in (None, ""))
    return bool(list(answers)) or any(
        (entry.comments, entry.completed_on, entry.reading, entry.wave_date, entry.sector, entry.agency_area)
    )


def _by_names(audit: Audit, read: Entries, name: str) -> _Sheet:
    found = changes_from_entries(audit, read, name)
    changes = found.changes
    same_id = dict(_lasting_ids(audit, changes))

    def lasting(address: ValueAddress) -> ValueAddress:
        return address._replace(key=tuple(same_id.get(part, part) for part in address.key))

    skeleton = replace(
        audit,
        sittings=(),
        series=frozenset(),
        rounds=MappingProxyType({}),
        votes=MappingProxyType({}),
        packs=(),
    )
    # A worksheet types values in and takes none away, and it has no rounds.
    typed = {
        lasting(change.address): change.after
        for change in changes
        if change.after is not None and change.address.subject not in (Subject.ROUND, Subject.VOTE)
    }
    return _Sheet(_without_answers(skeleton), typed, {}, shown(name), found.notices)


def _lasting_ids(audit: Audit, changes: tuple[Change, ...]) -> Iterator[tuple[str, str]]:
    """Yield for each agency and wave that is added an id that follows from its name."""
    for change in changes:
        subject, field = change.address.subject, change.address.field
        if change.before is None and (subject, field) in (
            (Subject.AGENCY, "name"),
            (Subject.WAVE, "label"),
        ):
            yield (
                change.address.key[0],
                str(uuid.uuid5(_ADDED, f"{audit.audit_id}\n{subject}\n{change.after}")),
            )

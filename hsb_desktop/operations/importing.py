"""Taking rows or a whole audit from another program's file into an open audit: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.csv_rows import read_csv
from hsb_desktop.interchange.json_document import instrument_in, parse_json
from hsb_desktop.interchange.json_reader import audit_from_data
from hsb_desktop.interchange.rows import Table, read_entries
from hsb_desktop.interchange.text import shown
from hsb_desktop.interchange.workbook_rows import read_workbook
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.operations.import_sentences import sentences_on
from hsb_desktop.operations.replacing import changes_between
from hsb_desktop.operations.row_changes import changes_from_entries
from hsb_desktop.operations.same_names import under_ids_of
from hsb_desktop.operations.source_file import read_source
from hsb_desktop.values import Change, ChangeSet, Subject

IMPORT_SUFFIXES = (".csv", ".xlsx", ".json")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would change, to be shown before it is applied."""

    source_name: str
    change_set: ChangeSet
    """What `AuditFile.apply` writes; it holds no changes where the audit says the same already."""
    added_agencies: tuple[str, ...]
    """Names of agencies that the audit lacks."""
    added_waves: tuple[str, ...]
    """Labels of waves that the audit lacks."""
    responses_changed: int
    responses_unchanged: int
    """How many responses of the file are in the audit already, word for word."""
    notices: tuple[str, ...]
    shown_changes: tuple[Change, ...]
    """The changes as a person is shown them: what the audit and a document call the same counts as one."""
    other_changes: tuple[str, ...] = ()
    """A sentence for each change that is not a response: dates, comments, targets, agencies, readings."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the import does, one sentence after the other."""
        changed, unchanged = _responses(self.responses_changed), _responses(self.responses_unchanged)
        added = [f'Adds the wave "{shown(label)}".' for label in self.added_waves]
        added += [f'Adds the agency "{shown(agency)}".' for agency in self.added_agencies]
        return (
            f"{self.source_name}: {changed} new or changed, {unchanged} as before.",
            *added,
            *self.other_changes,
            *self.notices,
        )


def plan_import(audit: Audit, source: Path) -> ImportPlan:
    """Return what taking in a `.csv`, `.xlsx` or `.json` file would change; nothing is changed yet.

    Raises RowsRefused with every row that cannot be taken in and why; InputRefused for a file that cannot be
    used at all, and for JSON where anything has been entered in this audit, or this audit alone is a sample.
    """
    suffix = source.suffix.lower()
    if suffix not in IMPORT_SUFFIXES:
        raise InputRefused(
            f"{source.name} is not of a kind that can be imported: {', '.join(IMPORT_SUFFIXES)}. "
            "Nothing was changed."
        )
    content = read_source(source)
    if suffix == ".json":
        return _plan_document(audit, content, source.name)
    table = read_csv(content, source.name) if suffix == ".csv" else read_workbook(content, source.name)
    return _plan_rows(audit, table, source.name)


def _plan_rows(audit: Audit, table: Table, name: str) -> ImportPlan:
    read = read_entries(table, audit.instrument, name)
    found = changes_from_entries(audit, read, name)
    return ImportPlan(
        source_name=name,
        change_set=ChangeSet(_label(name), found.changes),
        added_agencies=found.added_agencies,
        added_waves=found.added_waves,
        responses_changed=found.responses_changed,
        responses_unchanged=found.responses_unchanged,
        notices=(*read.notices, *found.notices),
        shown_changes=found.changes,
        other_changes=sentences_on(audit, found.changes),
    )


def _plan_document(audit: Audit, content: bytes, name: str) -> ImportPlan:
    data = parse_json(content, name)
    if not audit.is_empty:
        raise InputRefused(
            f"{name} is a whole audit, and something has been entered in this audit already, so it cannot "
            "take its place. Nothing was changed. Make a new audit (File, New audit; on the command line: "
            f"hsb-audit new) and import {name} there."
        )
    carried = instrument_in(data, name)
    _refuse_other_edition(audit.instrument, data, name)
    described, notices = audit_from_data(data, audit.instrument, name)
    if carried is not None and carried != audit.instrument:
        notices = (
            *notices,
            f"The edition in {name} has the same name and other words; this audit keeps its own words.",
        )
    if described.is_sample and not audit.is_sample:
        notices = (
            *notices,
            f"{name} is a sample audit; this audit is not marked as one. Where the mark is to be kept, "
            "import it into an audit that was made with hsb-audit new --sample.",
        )
    if audit.is_sample and not described.is_sample:
        raise InputRefused(
            f"{name} is no sample, and this audit is marked as a sample, of which no backups are made. "
            f"Nothing was changed. Make a new audit that is no sample, and import {name} there."
        )
    changes = changes_between(audit, described)
    changed = {tuple(change.address.key) for change in changes if change.address.subject is Subject.RESPONSE}
    # The new audit has ids of its own for what both have.
    renamed = under_ids_of(described, audit)
    shown_changes = changes_between(renamed, described)
    before = {agency.agency_id for agency in renamed.agencies}, {wave.wave_id for wave in renamed.waves}
    return ImportPlan(
        source_name=name,
        change_set=ChangeSet(_label(name), changes),
        added_agencies=tuple(a.name for a in described.agencies if a.agency_id not in before[0]),
        added_waves=tuple(w.label for w in described.waves if w.wave_id not in before[1]),
        responses_changed=len(changed),
        responses_unchanged=0,
        notices=notices,
        shown_changes=shown_changes,
        other_changes=sentences_on(renamed, shown_changes),
    )


def _refuse_other_edition(instrument: Instrument, data: dict[str, object], name: str) -> None:
    head = data.get("audit")
    written = head.get("instrument") if isinstance(head, dict) else None
    if written != instrument.instrument_id:
        raise InputRefused(
            f'{name} is an audit on the edition "{shown(written)}", and this audit is on '
            f'"{instrument.instrument_id}". Nothing was changed. Make a new audit on that edition, '
            "and import it there."
        )


def _label(name: str) -> str:
    # The name of a file may hold what no text in an audit can.
    return f"Import of {shown(name)}"


def _responses(count: int) -> str:
    return "1 response" if count == 1 else f"{count} responses"

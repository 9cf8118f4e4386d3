"""An audit as the table that CSV and workbook write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hsb_desktop.interchange.rows import UNSETTLED, Table, TableRow
from hsb_desktop.interchange.unsettled import unsettled_in_words, unsettled_places
from hsb_desktop.model import Audit, Domain, Response, Statement, Wave
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, NoteKey, ResponseKey, Subject

COLUMNS = (
    "wave", "agency", "statement", "score", "evidence", "assurance", "target", "no view reason", "comments",
    "completed on", "reading", "wave date", "sector", "agency area",
)  # fmt: skip


def table_of(audit: Audit, *, for_people: bool = False) -> Table:
    """Return the audit's responses and comments as rows, wave by wave, in the order of the form.

    The partnership has a row for every statement, scored or not; an agency has one for each statement that it
    answered, and one that is empty where it takes part and has answered none. A domain has a row of its own
    where it has comments or a date completed; `for_people` gives every domain its row, to be filled in, and
    adds the columns that explain (`rows.HELP_COLUMNS`). The last column names the values of the row that wait
    to be settled.
    """
    columns = [*COLUMNS, UNSETTLED]
    if for_people:
        place = columns.index("statement")
        columns[place:place] = ["domain"]
        columns[place + 2 : place + 2] = ["statement text"]
    rows = [
        TableRow(
            f"row {number}", {index: values[name] for index, name in enumerate(columns) if values.get(name)}
        )
        for number, values in enumerate(_all_values(audit, every_domain=for_people), 2)
    ]
    return Table(tuple(columns), tuple(rows))


def table_notices(audit: Audit) -> tuple[str, ...]:
    """Return sentences about what a table of this audit cannot tell apart or does not carry."""
    notices = []
    for what, names in (
        ("wave", [wave.label for wave in audit.waves]),
        ("agency", [agency.name for agency in audit.agencies]),
    ):
        notices += [
            f'More than one {what} is called "{name}": the rows cannot be told apart when they come back.'
            for name, count in Counter(names).items()
            if count > 1
        ]
    if unsettled := unsettled_in_words(audit):
        notices.append(f'{unsettled} The column "{UNSETTLED}" names those that stand in the rows.')
    return tuple(notices)


def _all_values(audit: Audit, *, every_domain: bool) -> Iterator[dict[str, str]]:
    readings, unsettled = dict(audit.readings), _Unsettled(audit)
    for wave in audit.waves:
        yield from _partnership_values(audit, wave, readings, unsettled, every_domain=every_domain)
        # A reading is kept across waves, so it stands in one row only.
        readings = {}
        yield from _agencies_values(audit, wave, unsettled)


class _Unsettled:
    """Names the values that wait to be settled, by what they belong to."""

    def __init__(self, audit: Audit) -> None:
        self._fields: dict[tuple[Subject, tuple[str, ...]], list[str]] = {}
        for address in unsettled_places(audit):
            name = "reading" if address.subject is Subject.READING else address.field.replace("_", " ")
            self._fields.setdefault((address.subject, address.key), []).append(name)

    def of(self, *places: tuple[Subject, tuple[str, ...]]) -> str:
        return ", ".join(name for place in places for name in self._fields.get(place, ()))


def _partnership_values(
    audit: Audit, wave: Wave, readings: dict[str, str], unsettled: _Unsettled, *, every_domain: bool
) -> Iterator[dict[str, str]]:
    for domain in audit.instrument.domains:
        for statement in domain.statements:
            number = statement.statement_id
            response = audit.agreed(wave.wave_id, number)
            waiting = unsettled.of(
                (Subject.RESPONSE, (wave.wave_id, PARTNERSHIP, number)),
                *(((Subject.READING, (number,)),) if wave is audit.waves[0] else ()),
            )
            yield (
                _wave_values(wave)
                | _statement_values(domain, statement)
                | _response_values(response)
                | {"reading": readings.get(number, ""), "no view reason": "", UNSETTLED: waiting}
            )
        note = audit.note(NoteKey(wave.wave_id, domain.domain_id))
        waiting = unsettled.of((Subject.DOMAIN_NOTE, (wave.wave_id, domain.domain_id)))
        if every_domain or note.comments or note.completed_on or waiting:
            yield _wave_values(wave) | {
                "domain": domain.short_title,
                "statement": domain.domain_id,
                "statement text": f"Domain {domain.domain_id}: comments and date completed",
                "comments": note.comments,
                "completed on": note.completed_on,
                UNSETTLED: waiting,
            }


def _agencies_values(audit: Audit, wave: Wave, unsettled: _Unsettled) -> Iterator[dict[str, str]]:
    for agency in audit.agencies:
        named = {"agency": agency.name, "sector": agency.sector, "agency area": agency.area}
        answers = [
            (domain, statement, response)
            for domain in audit.instrument.domains
            for statement in domain.statements
            if (
                response := audit.responses.get(
                    ResponseKey(wave.wave_id, agency.agency_id, statement.statement_id)
                )
            )
        ]
        if not answers and (wave.wave_id, agency.agency_id) in audit.attendance:
            first_domain = audit.instrument.domains[0]
            answers = [(first_domain, first_domain.statements[0], Response())]
        for domain, statement, response in answers:
            key = ResponseKey(wave.wave_id, agency.agency_id, statement.statement_id)
            yield (
                _wave_values(wave)
                | named
                | _statement_values(domain, statement)
                | _response_values(response)
                # Targets belong to the agreed response.
                | {"target": "", UNSETTLED: unsettled.of((Subject.RESPONSE, tuple(key)))}
            )


def _wave_values(wave: Wave) -> dict[str, str]:
    return {"wave": wave.label, "wave date": wave.held_on}


def _statement_values(domain: Domain, statement: Statement) -> dict[str, str]:
    return {
        "domain": domain.short_title,
        "statement": statement.statement_id,
        "statement text": statement.full_text,
    }


def _response_values(response: Response) -> dict[str, str]:
    return {
        "score": NO_VIEW if response.no_view else _number(response.score),
        "target": _number(response.target),
        "evidence": response.evidence,
        "assurance": response.assurance,
        # What stayed behind of an earlier answer says nothing about this one.
        "no view reason": response.no_view_reason if response.no_view else "",
    }


def _number(score: int | None) -> str:
    return "" if score is None else str(score)

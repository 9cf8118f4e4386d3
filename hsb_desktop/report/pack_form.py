"""The paper form of a pack: the audit tool to write on, with the agency, the wave and where it goes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.model import Audit
from hsb_desktop.report.document import PrintedPdf
from hsb_desktop.report.form import print_form
from hsb_desktop.report.form_layout import INSTRUCTIONS, FormEntries
from hsb_desktop.values import PARTNERSHIP

OF_AN_AGENCY = (
    "Answer for your own agency: one score from 0 to 4 for each statement.",
    "Where your agency cannot judge a statement, write “no view”, and why if you like.",
    *INSTRUCTIONS[1:],
)


def pack_form_pdf(
    part: Audit,
    *,
    return_to: str = "",
    printed_on: str = "",
    last_time: Mapping[str, str] = MappingProxyType({}),
) -> PrintedPdf:
    """Return the form of a pack, empty and in memory; `part` is the audit that the pack holds.

    `return_to` says where it goes back to, the coordinator if it is empty; `printed_on` is YYYY-MM-DD.
    `last_time` has by statement, in words, what the party answered before.
    """
    pack = part.pack
    if pack is None:
        raise ValueError("this is no pack")
    wave = part.wave(pack.wave_id)
    is_table = pack.party_id == PARTNERSHIP
    instrument = part.instrument
    if pack.domain_id:
        instrument = replace(instrument, domains=(instrument.domain(pack.domain_id),))
    name = f"Domain {pack.domain_id}: table" if is_table else part.agency(pack.party_id).name
    fields = (
        ("Table" if is_table else "Agency", name),
        ("Wave", " · ".join(filter(None, (wave.label, written_date(wave.held_on))))),
        ("Filled in by (name, role)", ""),
        ("Date", ""),
        ("Area", part.details.area),
        ("Send back to", where_to(part, return_to)),
    )
    entries = FormEntries(
        fields,
        title=part.details.title,
        area=part.details.area,
        wave=f"{name} · {wave.label}",
        marking=part.details.marking.strip(),
        printed_on=printed_on,
        is_sample=part.is_sample,
        instructions=INSTRUCTIONS if is_table else OF_AN_AGENCY,
        readings=part.readings,
        last_time=last_time,
    )
    return print_form(instrument, entries)


def where_to(part: Audit, return_to: str) -> str:
    """Return where a pack goes back to: what was given, else the coordinator's name and role."""
    details = part.details
    return return_to.strip() or ", ".join(filter(None, (details.coordinator_name, details.coordinator_role)))

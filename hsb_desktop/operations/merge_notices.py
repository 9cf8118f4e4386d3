"""What a person should know about a merge besides its values."""

from __future__ import annotations

from collections.abc import Iterable

from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit
from hsb_desktop.operations.pack_names import safe_name
from hsb_desktop.values import Change, Subject


def notices_on_copy(ours: Audit, theirs: Audit, name: str) -> list[str]:
    """Return what is to be said of a copy as a whole."""
    notices = []
    if ours.instrument.instrument_id != theirs.instrument.instrument_id:
        notices.append(
            f'{name} is on another edition of the audit tool ("{shown(theirs.instrument.edition)}"); '
            "statements with the same number go together, and this audit keeps its own wording."
        )
    elif ours.instrument != theirs.instrument:
        notices.append(
            f"The edition in {name} has the same name and other words; this audit keeps its own words."
        )
    if ours.audit_id != theirs.audit_id:
        notices.append(f"{name} is an audit of its own that was made from this one, or this one from it.")
    return notices


def of_open_rounds(name: str, count: int) -> list[str]:
    """Return what is said of rounds of scoring that are still open, in the copy or here."""
    if not count:
        return []
    rounds = "1 round of scoring is" if count == 1 else f"{count} rounds of scoring are"
    return [f"{rounds} still open, in {name} or here, so nothing of that was taken."]


def of_agreed_in_pack(ours: Audit, theirs: Audit, name: str, count: int) -> list[str]:
    """Return what is said of a pack with which agreed answers change; `count` values do.

    Who it is from is what the file says of itself, and anybody can edit a file.
    """
    if not count:
        return []
    values = "1 value" if count == 1 else f"{count} values"
    notice = (
        f"{name} says that it comes from the table that agrees for the partnership, so it changes the "
        f"partnership's agreed answers ({values})."
    )
    if agency := _agency_of_pack(ours, theirs, name):
        notice += (
            f" It looks like the pack of {shown(agency)}, who agrees nothing alone. Ask who filled it in "
            "before you take it in."
        )
    return [notice]


def _agency_of_pack(ours: Audit, theirs: Audit, name: str) -> str:
    """Return the agency that a table's pack is in truth from, by what is in it or by its file's name.

    The pack of a table has no agency in it.
    """
    inside = [agency.name for agency in theirs.agencies if agency.name.strip()]
    named = [
        agency.name
        for agency in ours.agencies
        if agency.name.strip() and name.casefold().startswith(safe_name(agency.name).casefold())
    ]
    return next(iter((*inside, *named)), "")


def of_brought_back(what: str) -> list[str]:
    """Return what is said of a thing that was taken away here and is needed again."""
    return [f"It was taken away here and something new in a copy belongs to it, so it is back: {what}."]


def of_protected(name: str, target_name: str) -> str:
    """Return what is said where words of a protected copy come into an audit without a password."""
    return (
        f"{name} is protected with a password and {target_name} is not: what is taken in from it can be read "
        f"by anybody who has {target_name}. Protect that with a password, too."
    )


def of_lock_in_open_round(wave: str, statement_ids: Iterable[str]) -> str:
    """Return why a lock that was set in a copy is not taken while something is scored here."""
    return (
        f'The wave "{shown(wave)}" was locked in a copy and stays unlocked here: scoring is still open for '
        f"{', '.join(statement_ids)}. Reveal it or cancel it, and lock the wave then."
    )


def of_no_longer_taking_part(audit: Audit, changes: Iterable[Change]) -> list[str]:
    """Return who takes part no longer in a wave of which attendance is noted for the first time.

    As long as none is noted, every agency takes part.
    """
    coming: dict[str, set[str]] = {}
    for change in changes:
        if change.address.subject is Subject.ATTENDANCE and change.after is not None:
            wave_id, agency_id = change.address.key
            coming.setdefault(wave_id, set()).add(agency_id)
    notices = []
    for wave in audit.waves:
        if wave.wave_id not in coming or audit.agencies_in(wave.wave_id):
            continue
        parted = [agency.name for agency in audit.agencies if agency.agency_id not in coming[wave.wave_id]]
        if parted:
            names = ", ".join(shown(name or "an agency without a name") for name in parted)
            notices.append(
                f'All agencies took part in the wave "{shown(wave.label)}" so far, because none was ticked; '
                f"a copy ticks who does. No longer taking part, and no longer counted: {names}. "
                "Tick them under Audit, Details if they do."
            )
    return notices


def notices_on_same_names(audit: Audit, added: Iterable[Change]) -> list[str]:
    """Return what is said of agencies and waves that two copies added separately under the same name."""
    notices = []
    agencies = {_folded(agency.name): agency.name for agency in audit.agencies}
    waves = {_folded(wave.label): wave.label for wave in audit.waves}
    for change in added:
        if (change.address.subject, change.address.field) == (Subject.AGENCY, "name"):
            kind, known, field = "agency", agencies, "agencies"
        elif (change.address.subject, change.address.field) == (Subject.WAVE, "label"):
            kind, known, field = "wave", waves, "waves"
        else:
            continue
        name = str(change.after)
        if _folded(name) in known:
            notices.append(
                f'The {kind} "{shown(name)}" was added in two copies separately. There are two {field} of '
                "that name now: rename one, or move what was answered and take one away."
            )
        known.setdefault(_folded(name), name)
    return notices


def _folded(name: str) -> str:
    return name.strip().casefold()

"""Agency packs: what one agency, or one table, fills in alone before the workshop.

A pack comes in three kinds: a small audit file for this program, a worksheet, and a form to print. What comes
back is taken in by `returning`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.errors import InputRefused, OutputRefused
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit, Pack, Wave
from hsb_desktop.operations.pack_last_time import own_last_time, with_own_last_time
from hsb_desktop.operations.pack_names import distinct, safe_name
from hsb_desktop.operations.pack_parts import belongs, pack_part, united
from hsb_desktop.store.ancestry import ancestry_of, revisions_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.pack import write_part
from hsb_desktop.store.password import refuse_unusable
from hsb_desktop.store.share import Protection
from hsb_desktop.values import PARTNERSHIP
from hsb_desktop.whole_file import whole_file

UNPROTECTED = "Worksheets and forms cannot be protected with a password: anybody who has one can read it."


class PackKind(Enum):
    """What a pack can be written as; the value is the ending of the file's name."""

    AUDIT = ".hsbaudit"
    WORKSHEET = ".xlsx"
    FORM = ".pdf"


ALL_KINDS = tuple(PackKind)


@dataclass(frozen=True, slots=True)
class PackRequest:
    """Which packs somebody wants."""

    wave_id: str
    agency_ids: tuple[str, ...] = ()
    """With none, all that take part in the wave; with a domain and none, the table that agrees it."""
    domain_id: str = ""
    """Empty for all domains."""
    kinds: tuple[PackKind, ...] = ALL_KINDS
    return_to: str = ""
    """Where packs are to be sent back, as it is printed; the coordinator if it is empty."""


@dataclass(frozen=True, slots=True)
class PackOutcome:
    """What was written, party by party, and sentences about it."""

    folder: Path
    paths: tuple[Path, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Planned:
    path: Path
    write: Callable[[Path], None]


def parts_of(audit: Audit, request: PackRequest) -> tuple[Audit, ...]:
    """Return what each pack would hold, before anything is written: to be looked through first.

    Raises InputRefused for a wave that is locked, an agency that takes no part in it, or nobody at all.
    """
    wave = audit.wave(request.wave_id)
    if wave.is_locked:
        raise InputRefused(
            f"The wave “{shown(wave.label)}” is locked, so nothing that is filled in now could come back. "
            "Unlock it first. Nothing was written."
        )
    if request.domain_id and not request.agency_ids:
        return (pack_part(audit, wave.wave_id, PARTNERSHIP, request.domain_id),)
    invited = [agency.agency_id for agency in taking_part(audit, wave.wave_id)]
    for agency_id in request.agency_ids:
        if agency_id not in invited:
            name = shown(audit.agency(agency_id).name)
            raise InputRefused(
                f"{name} does not take part in “{shown(wave.label)}”. Tick it under Audit, Details first. "
                "Nothing was written."
            )
    wanted = request.agency_ids or invited
    if not wanted:
        raise InputRefused(
            f"No agency takes part in “{shown(wave.label)}”. Add them first: under Audit, Details, or with "
            "hsb-audit import of a table that names them in a column “agency”. Nothing was written."
        )
    return tuple(
        pack_part(audit, wave.wave_id, each, request.domain_id) for each in invited if each in wanted
    )


def leaving_part(audit: Audit, request: PackRequest) -> Audit:
    """Return one audit of everything that these packs hold, to look through before it leaves.

    Raises InputRefused as `parts_of`.
    """
    parts = parts_of(audit, request)
    if {PackKind.WORKSHEET, PackKind.FORM} & set(request.kinds):
        parts = tuple(with_own_last_time(audit, part) for part in parts)
    return united(parts)


def write_packs(
    file: AuditFile,
    folder: Path,
    request: PackRequest,
    *,
    printed_on: str,
    password: str | Protection | None = Protection.SAME,
) -> PackOutcome:
    """Write the packs into a folder, which is made if it is not there: all of them or none.

    A file that is there already is never replaced: it may be a pack that came back filled in. A `.hsbaudit`
    is protected as the audit is, or by a `password` of its own, or with None not at all. `printed_on` is
    YYYY-MM-DD. Raises OutputRefused, with nothing left behind; InputRefused as `parts_of`.
    """
    file.end_visit()
    key = file.password if isinstance(password, Protection) else password
    if key is not None:
        refuse_unusable(key)
    audit = file.read()
    parts = parts_of(audit, request)
    named = zip(parts, distinct(pack_name(part) for part in parts), strict=True)
    ways = _Ways(file, audit, request, printed_on, key)
    planned = [
        # A dot within a name is no ending: nothing is taken off it.
        _Planned(folder / f"{name}{kind.value}", ways.of(part, kind))
        for part, name in named
        for kind in request.kinds
    ]
    _refuse_taken([each.path for each in planned], folder)
    with _folder(folder):
        _write_all(planned)
    paths = tuple(each.path for each in planned)
    return PackOutcome(folder, paths, _notices(request, file.is_protected, key is not None))


def _notices(request: PackRequest, is_protected: bool, packs_are_protected: bool) -> tuple[str, ...]:
    has_plain = {PackKind.WORKSHEET, PackKind.FORM} & set(request.kinds)
    return (UNPROTECTED,) if has_plain and (is_protected or packs_are_protected) else ()


@dataclass(frozen=True, slots=True)
class _Ways:
    """How each kind of pack is written."""

    file: AuditFile
    audit: Audit
    """What the file holds."""
    request: PackRequest
    printed_on: str
    password: str | None

    def of(self, part: Audit, kind: PackKind) -> Callable[[Path], None]:
        """Return what writes a pack into an empty file."""
        return_to = self.request.return_to
        match kind:
            case PackKind.AUDIT:
                base = _revisions_inside(self.file, part)
                ancestry = ancestry_of(self.file, base.values())
                return partial(
                    write_part, part=part, revisions=base, ancestry=ancestry, password=self.password
                )
            case PackKind.WORKSHEET:
                base, last = _revisions_inside(self.file, part), own_last_time(self.audit, part)
                return partial(_write_worksheet, part, base, return_to, last.in_sheet)
            case _:
                last = own_last_time(self.audit, part)
                return partial(_write_form, part, return_to, self.printed_on, last.on_paper)


def _revisions_inside(file: AuditFile, part: Audit) -> dict[str, str]:
    """Return the revisions of what is inside a pack, and of what its party emptied."""
    inside = {str(address) for address, _ in part.values()}
    return {
        address: revision_id
        for address, revision_id in revisions_of(file).items()
        if address in inside or (address.startswith("response/") and belongs(part, address))
    }


def pack_name(part: Audit) -> str:
    """Return the name of a pack's files without their ending: "Northmoor Police - Baseline"."""
    pack = pack_in(part)
    domain = f"Domain {pack.domain_id}" if pack.domain_id else ""
    wave = part.wave(pack.wave_id).label
    if pack.party_id == PARTNERSHIP:
        return safe_name(f"{domain} table", wave)
    return safe_name(part.agency(pack.party_id).name, wave, domain)


def pack_in(part: Audit) -> Pack:
    """Return what a part of an audit is the pack for."""
    pack = part.pack
    if pack is None:
        raise ValueError("this is no pack")
    return pack


def pack_wave(part: Audit) -> Wave:
    """Return the wave that a pack asks about."""
    return part.wave(pack_in(part).wave_id)


def _write_worksheet(
    part: Audit, base: dict[str, str], return_to: str, last_time: Mapping[str, str], path: Path
) -> None:
    from hsb_desktop.interchange.pack_sheet import write_pack_sheet

    path.write_bytes(write_pack_sheet(part, base, return_to, last_time))


def _write_form(
    part: Audit, return_to: str, printed_on: str, last_time: Mapping[str, str], path: Path
) -> None:
    from hsb_desktop.report.pack_form import pack_form_pdf

    form = pack_form_pdf(part, return_to=return_to, printed_on=printed_on, last_time=last_time)
    path.write_bytes(form.content)


# All or nothing ---------------------------------------------------------------------------------------------


def _refuse_taken(paths: Sequence[Path], folder: Path) -> None:
    taken = [path.name for path in paths if path.is_symlink() or path.exists()]
    if not taken:
        return
    names = ", ".join(shown(name) for name in taken[:3]) + (" and others" if len(taken) > 3 else "")
    raise OutputRefused(
        f"{folder} has packs of these names already: {names}. They may have been filled in, so they are not "
        "replaced. Choose another folder, or move them; nothing was written."
    )


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    is_new = not folder.exists()
    try:
        if is_new:
            folder.mkdir(mode=0o700)
        elif not folder.is_dir():
            raise OutputRefused(f"{folder} is a file. Give the name of a folder; nothing was written.")
    except OSError as error:
        raise OutputRefused(
            f"The folder {folder} could not be made: {error.strerror or error}. Nothing was written."
        ) from error
    try:
        yield
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise


def _write_all(planned: Sequence[_Planned]) -> None:
    done: list[Path] = []
    try:
        with ExitStack() as stack:
            for each in planned:
                each.write(stack.enter_context(_noted(each.path, done)))
    except BaseException:
        # All were new: the names that they took a moment ago are given back.
        for path in done:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


@contextmanager
def _noted(path: Path, done: list[Path]) -> Iterator[Path]:
    with whole_file(path, replace=False) as temporary:
        yield temporary
    done.append(path)

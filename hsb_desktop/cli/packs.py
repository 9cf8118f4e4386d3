"""`hsb-audit pack`: what each agency fills in alone, before the workshop."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsb_desktop.cli.arguments import FILE, PASSWORD, descriptor_option, some_text, wave_named
from hsb_desktop.cli.audits import list_identifiers
from hsb_desktop.cli.console import say
from hsb_desktop.cli.group import main
from hsb_desktop.cli.passwords import given_password, password_for
from hsb_desktop.errors import HsbError

if TYPE_CHECKING:
    from hsb_desktop.model import Audit

_KINDS = ("hsbaudit", "xlsx", "pdf")


@main.command()
@FILE
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), required=True, metavar="FOLDER",
    help="The folder to write into; made if it is not there.",
)  # fmt: skip
@click.option(
    "--agency", "agencies", multiple=True, metavar="NAME",
    help="An agency that gets a pack; may be given several times. All that take part, if none is named.",
)  # fmt: skip
@click.option("--wave", metavar="LABEL", help="The wave that is asked about; the latest if none is named.")
@click.option(
    "--domain", metavar="N", default="",
    help="One domain only: a pack for the table that agrees it, or with --agency for the agency.",
)  # fmt: skip
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(_KINDS),
    help="What to write: an audit file, a worksheet, a form to print. May be given several times; else all.",
)  # fmt: skip
@click.option(
    "--return-to", metavar="TEXT", default="", callback=lambda c, p, v: some_text(c, p, v or None) or "",
    help="Where packs are to be sent back, as it is printed; the coordinator if it is not given.",
)  # fmt: skip
@PASSWORD
@descriptor_option("--new-password-fd", words="A password of their own for the packs")
@click.option("--strict", is_flag=True, help="Write nothing where a text may identify somebody.")
def pack(
    *,
    file: Path,
    folder: Path,
    agencies: tuple[str, ...],
    wave: str | None,
    domain: str,
    kinds: tuple[str, ...],
    return_to: str,
    password_fd: int | None,
    new_password_fd: int | None,
    strict: bool,
) -> None:
    """Write a pack for each agency of FILE into FOLDER, to be filled in alone before the workshop.

    A pack is a small .hsbaudit, a worksheet (.xlsx) and a form to print (.pdf). It holds that agency's own
    answers and nobody else's, how the partnership reads a statement, and no history; the worksheet and the
    form of a later wave say what the agency answered last time. What comes back, hsb-audit merge takes in. A
    file that is there already is never replaced.

    Packs are protected as FILE is, or with a password of their own; worksheets and forms cannot be.
    """
    from hsb_desktop.operations.packs import ALL_KINDS, PackKind, PackRequest, leaving_part, write_packs
    from hsb_desktop.store.audit_file import AuditFile
    from hsb_desktop.store.share import Protection

    wanted = tuple(kind for kind in ALL_KINDS if kind.value[1:] in kinds) or ALL_KINDS
    if new_password_fd is not None and PackKind.AUDIT not in wanted:
        raise click.BadParameter("only a .hsbaudit can be protected.", param_hint="--new-password-fd")
    with AuditFile.open(file, read_only=True, password=password_for(file, password_fd)) as audit_file:
        audit = audit_file.read()
        request = PackRequest(
            wave_id=wave_named(audit, wave).wave_id,
            agency_ids=tuple(_agency(audit, name) for name in agencies),
            domain_id=_domain(audit, domain),
            kinds=wanted,
            return_to=return_to,
        )
        list_identifiers(leaving_part(audit, request), is_strict=strict)
        outcome = write_packs(
            audit_file,
            folder,
            request,
            printed_on=date.today().isoformat(),
            password=Protection.SAME if new_password_fd is None else given_password(new_password_fd),
        )
    for path in outcome.paths:
        say(f"Wrote {path}.")
    for notice in outcome.notices:
        say(notice)


def _agency(audit: Audit, name: str) -> str:
    from hsb_desktop.operations.by_name import called

    found = called(audit.agencies, name, lambda agency: agency.name)
    if len(found) == 1:
        return found[0].agency_id
    known = ", ".join(f'"{agency.name}"' for agency in audit.agencies) or "none"
    raise HsbError(
        f'There is {"more than one" if found else "no"} agency called "{name}". The agencies are: {known}.'
    )


def _domain(audit: Audit, domain: str) -> str:
    known = [each.domain_id for each in audit.instrument.domains]
    if domain and domain not in known:
        raise HsbError(f'There is no domain "{domain}". The domains are: {", ".join(known)}.')
    return domain

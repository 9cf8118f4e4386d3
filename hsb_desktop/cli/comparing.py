"""`hsb-audit compare` and `collate`: several audits beside one another, and many in tidy tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsb_desktop.cli.arguments import PASSWORD, SuffixedPath
from hsb_desktop.cli.audits import list_identifiers
from hsb_desktop.cli.console import complain, say
from hsb_desktop.cli.group import main
from hsb_desktop.cli.passwords import given_password, password_for
from hsb_desktop.errors import HsbError

if TYPE_CHECKING:
    from hsb_desktop.analysis.side_by_side import SideBySide
    from hsb_desktop.model import Audit

_COMPARISONS = (".pdf", ".csv", ".xlsx")
_COLLATIONS = (".sqlite", ".csv")
FILES = click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")


@main.command()
@FILES
@click.option(
    "-o", "--output", "out", required=True, type=SuffixedPath(_COMPARISONS, is_read=False), metavar="OUT",
    help="The file to write; its suffix says what: .pdf, .csv or .xlsx.",
)  # fmt: skip
@click.option("--wave", metavar="LABEL", help="The wave of each; the latest of each if none is named.")
@click.option("--named", is_flag=True, help="Name the areas, which are A, B, C … otherwise.")
@click.option(
    "--by",
    type=click.Choice(["area", "sector"]),
    help="Of one FILE: compare the areas, or the sectors, that its agencies name.",
)
@click.option("--strict", is_flag=True, help="Write nothing where a text may identify somebody.")
@PASSWORD
def compare(
    *,
    files: tuple[Path, ...],
    out: Path,
    wave: str | None,
    named: bool,
    by: str | None,
    strict: bool,
    password_fd: int | None,
) -> None:
    """Set several audits beside one another: lowest, median and highest of each domain and statement.

    They are self-assessed and unmoderated, and OUT says so. It is no league table: they stand in the order of
    their letters or names. Each FILE is opened for reading only. Audits on different editions of one audit
    tool can be compared, by the numbers of the statements. An existing OUT is replaced. Places in the
    names, waves and markings of OUT that may identify somebody are listed on standard error.
    """
    from hsb_desktop.analysis.several import Grouping
    from hsb_desktop.operations import comparing

    comparing.refuse_overwriting(out, files)
    password_of = passwords(password_fd)
    if by is not None:
        if len(files) != 1:
            raise click.BadParameter("it compares within one FILE.", param_hint="--by")
        shown = comparing.compare_groups(
            files[0], Grouping(by), wave_label=wave, is_named=named, password=password_of(files[0])
        )
    else:
        found = comparing.read_all(files, password_of=password_of)
        shown = comparing.side_by_side(found, is_named=named, wave_label=wave)
    _list_in_comparison(shown, is_strict=strict)
    notices = comparing.write_comparison(shown, out, date.today().isoformat())
    say(f"Wrote {out}: {len(shown.names)} {shown.kind.value}.")
    for notice in notices:
        say(notice)


def _list_in_comparison(shown: SideBySide, *, is_strict: bool) -> None:
    """Complain of each text of a comparison that may identify somebody; HsbError if it is strict."""
    from hsb_desktop.operations.comparison_scan import comparison_in_log_lines, scan_comparison

    found = scan_comparison(shown, today=date.today())
    for line in comparison_in_log_lines(found):
        complain(line)
    if found and is_strict:
        raise HsbError("Nothing was written. Take these out of the audits, or compare without --strict.")


def passwords(password_fd: int | None) -> Callable[[Path], str | None]:
    """Return what gives a file's password: the one from the descriptor for all, else asked for one by one."""
    given = given_password(password_fd)

    def of(path: Path) -> str | None:
        # A password is no use to a plain file, which is opened whatever it is.
        return given if password_fd is not None else password_for(path, None)

    return of


@main.command()
@FILES
@click.option(
    "-o", "--output", "out", required=True, type=SuffixedPath(_COLLATIONS, is_read=False), metavar="OUT",
    help="The file to write: a database (.sqlite), or a table of responses (.csv).",
)  # fmt: skip
@click.option("--skip-bad", is_flag=True, help="Leave out files that cannot be read, and say which.")
@click.option("--strict", is_flag=True, help="Write nothing where a text may identify somebody.")
@PASSWORD
def collate(
    *, files: tuple[Path, ...], out: Path, skip_bad: bool, strict: bool, password_fd: int | None
) -> None:
    """Write many audits into tidy tables, for a region's own database, DuckDB or a spreadsheet.

    Keyed by audit, wave, party and statement; docs/interchange.md describes them. All waves, agencies and
    texts are in OUT, which is not protected. A file that cannot be read, or holds the same audit as another,
    is named, and nothing is written, unless bad files are to be skipped. An existing OUT is replaced. Places
    that may identify somebody are listed on standard error, as `export` lists them.
    """
    from hsb_desktop.operations import collating, comparing

    def list_places(path: Path, audit: Audit) -> None:
        list_identifiers(audit, is_strict=strict, file_name=path.name)

    comparing.refuse_overwriting(out, files)
    done = collating.collate(
        files, out, password_of=passwords(password_fd), skip_bad=skip_bad, leaves=list_places
    )
    for problem in done.skipped:
        complain(f"Skipped {problem}")
    audits = "1 audit" if done.audits == 1 else f"{done.audits} audits"
    responses = "1 response" if done.responses == 1 else f"{done.responses} responses"
    say(f"Wrote {out}: {audits}, {responses}.")

"""`hsb-audit`: the program without a window. Exit 0 done, 1 could not, 2 wrong usage.

Nothing is asked but a password, and that at a terminal only; standard input is never read, unless
`--password-fd 0` or `--text-fd 0` asks for it. Libraries and rooms that a command needs are imported when it
runs, so that `--help` is there at once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from hsb_desktop import __version__
from hsb_desktop.errors import FileRefused, HsbError, OutputRefused, PasswordNeeded, RowsRefused
from hsb_desktop.process import keep_memory_private, use_private_temporary_folder

if TYPE_CHECKING:
    from hsb_desktop.model import Audit, Wave
    from hsb_desktop.store.audit_file import AuditFile

_Command = TypeVar("_Command", bound=Callable[..., Any])

_EXPORTS = (".pdf", ".json", ".csv", ".xlsx", ".hsbaudit")
_IMPORTS = (".csv", ".xlsx", ".json")
_PLAIN = {"–": "-", "…": "...", "“": '"', "”": '"', "’": "'"}


class _WrongUsage(click.UsageError):
    """Wrong usage in the program's own words: what is wrong, and how it is used."""

    def show(self, file: Any = None) -> None:
        _complain(self.message)
        if self.ctx is not None:
            for line in self.ctx.get_usage().splitlines():
                _complain(line)
            _complain(f"{self.ctx.command_path} --help tells more.")


@contextmanager
def _in_own_words() -> Iterator[None]:
    try:
        yield
    except getattr(click.exceptions, "NoArgsIsHelpError", ()):
        raise
    except click.UsageError as error:
        raise _WrongUsage(_what_is_wrong(error), error.ctx) from error


def _what_is_wrong(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter():
            return f"{_name_of(error)} is missing."
        case click.BadParameter():
            return f"{_name_of(error)}: {error.message}"
        case click.NoSuchOption():
            guess = f" Did you mean {error.possibilities[0]}?" if error.possibilities else ""
            return f"There is no option {error.option_name}.{guess}"
        case _:
            return error.format_message()


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "An argument")
    return (
        " / ".join(error.param.opts)
        if isinstance(error.param, click.Option)
        else error.param.make_metavar(error.ctx or click.Context(main))
    )


class _Commands(click.Group):
    """Turns what a person can mend into one sentence on standard error and exit 1."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except HsbError as error:
            _complain(str(error))
            if isinstance(error, RowsRefused):
                for problem in error.problems:
                    _complain(f"  {problem}")
        except OSError as error:
            _complain(
                f"It could not be done: {error.strerror or error}. Nothing half-written is left behind."
            )
        return sys.exit(1)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _in_own_words():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _in_own_words():
            result = super().invoke(ctx)
        if sys.stdout is not None:
            # What a full disk refuses is to be known here, not after the end.
            sys.stdout.flush()
        return result


class _SuffixedPath(click.Path):
    """A file's name with one of these suffixes; any other is wrong usage.

    What is wrong with the path itself comes first, and is no wrong usage: a folder, or a source to read that
    is missing or cannot be read.
    """

    def __init__(self, suffixes: tuple[str, ...], *, is_read: bool) -> None:
        super().__init__(path_type=Path)
        self._suffixes = suffixes
        self._is_read = is_read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(value)
        if path.suffix.lower() in self._suffixes:
            return path
        if self._is_read:
            from hsb_desktop.operations.source_file import read_source

            read_source(path)
        elif path.is_dir():
            raise OutputRefused(f"{path} is a folder. Give the name of a file; nothing was written.")
        raise click.BadParameter(f'"{path.name}" does not end in {", ".join(self._suffixes)}.', ctx, param)


def _a_day(ctx: click.Context, param: click.Parameter, value: str) -> str:
    from hsb_desktop.interchange.text import is_date

    if value and not is_date(value):
        raise click.BadParameter(f"{value!r} is not a day written as YYYY-MM-DD, from 1900 to 2100.")
    return value


def _some_text(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty.")
    return value


def _a_version(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and re.fullmatch(r"\d{8}T\d{6}Z", value) is None:
        raise click.BadParameter(f"{value!r} is not the name of a version, which is like 20261120T090311Z.")
    return value


_FILE = click.argument("file", type=click.Path(path_type=Path))
_WAVE = click.option("--wave", metavar="LABEL", help="The wave to show; the latest if none is named.")


def _descriptor(*names: str, words: str) -> Callable[[_Command], _Command]:
    return click.option(
        *names,
        type=click.IntRange(min=0),
        metavar="N",
        help=f"{words}: one line in UTF-8 from this open file descriptor.",
    )


_PASSWORD = _descriptor("--password-fd", words="The password of a protected FILE")
"""For every command that opens a file."""
_NEW_PASSWORD = _descriptor("--new-password-fd", words="The new password")
_ALL_BACKUPS = click.option(
    "--all-backups",
    is_flag=True,
    help="Also backups made from other places: FILE was moved, and is the only one.",
)
_KEEP_UNREADABLE = click.option(
    "--keep-unreadable",
    is_flag=True,
    help="Keep backups of FILE that cannot be opened, without the password.",
)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="hsb-audit")
def main() -> None:
    """Multi-agency audits on the harmful sexual behaviour framework, without a window.

    FILE is an audit, usually named .hsbaudit. The window is started with hsb-desktop.
    """
    keep_memory_private()
    use_private_temporary_folder()
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a letter shows a stand-in for it rather than nothing at all.
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="replace")


@main.command()
@_FILE
@click.option("--area", metavar="TEXT", required=True, callback=_some_text, help="The area that is audited.")
@click.option("--edition", metavar="ID", help="The audit tool's edition; the second (2019) if none is named.")
@click.option("--title", metavar="TEXT", callback=_some_text, help="The title on the cover.")
@click.option("--wave", metavar="LABEL", callback=_some_text, help="The first wave's name; Baseline if none.")
@click.option("--date", "held_on", metavar="YYYY-MM-DD", default="", callback=_a_day, help="The wave's day.")
@_descriptor("--password-fd", words="A password to protect FILE with")
def new(
    *,
    file: Path,
    area: str,
    edition: str | None,
    title: str | None,
    wave: str | None,
    held_on: str,
    password_fd: int | None,
) -> None:
    """Make a new audit in FILE, which must not exist yet.

    With a password it is protected: if the password is forgotten, nobody can open the audit again.
    """
    from hsb_desktop.instrument import DEFAULT_INSTRUMENT_ID
    from hsb_desktop.operations.creating import DEFAULT_TITLE, DEFAULT_WAVE, NewAudit, create_audit_file

    request = NewAudit(
        area=area,
        title=title or DEFAULT_TITLE,
        instrument_id=edition or DEFAULT_INSTRUMENT_ID,
        wave=wave or DEFAULT_WAVE,
        held_on=held_on,
    )
    with create_audit_file(file, request, _given(password_fd)):
        _say(f"Made {file}.")


@main.command("import")
@_FILE
@click.argument("source", type=_SuffixedPath(_IMPORTS, is_read=True))
@_PASSWORD
def import_(file: Path, source: Path, password_fd: int | None) -> None:
    """Take the rows of SOURCE (.csv, .xlsx, .json) into FILE: all of them or none.

    Columns: statement, score, evidence, assurance; also wave, agency, comments and others that
    docs/interchange.md describes. A workbook is read from its sheet Responses. A cell left empty changes
    nothing. JSON goes into a new audit only.
    """
    from hsb_desktop.operations.importing import plan_import
    from hsb_desktop.settings import load_settings
    from hsb_desktop.store.audit_file import AuditFile

    with AuditFile.open(file, password=_password(file, password_fd)) as audit_file:
        audit = audit_file.read()
        plan = plan_import(audit, source)
        if plan.change_set.changes:
            _back_up(audit_file)
            author = load_settings().authors.get(audit.audit_id, "")
            audit_file.apply(replace(plan.change_set, author=author))
    for sentence in plan.sentences:
        _say(sentence)


@main.command()
@_FILE
@click.option(
    "-o", "--output", "out", required=True, type=_SuffixedPath(_EXPORTS, is_read=False), metavar="OUT",
    help="The file to write; its suffix says what: .pdf, .json, .csv, .xlsx or .hsbaudit.",
)  # fmt: skip
@click.option(
    "--kind",
    type=click.Choice(["report", "form"]),
    default="report",
    show_default=True,
    help="What a .pdf holds.",
)
@_WAVE
@_PASSWORD
@_descriptor("--new-password-fd", words="A password of its own for a copy to share")
@click.option("--strict", is_flag=True, help="Write nothing where a text may identify somebody.")
def export(
    *,
    file: Path,
    out: Path,
    kind: Literal["report", "form"],
    wave: str | None,
    password_fd: int | None,
    new_password_fd: int | None,
    strict: bool,
) -> None:
    """Write FILE as a PDF, for other programs, or as a copy to share.

    An existing OUT is replaced. The copy to share carries the present values, without history and names of
    authors; it is protected as FILE is, or with a password of its own. Nothing else can be protected.

    Places that hold an NHS number, a date of birth, a postcode, a telephone number or an e-mail address are
    listed on standard error, with the first letters of each.
    """
    from hsb_desktop.operations.exporting import export_audit
    from hsb_desktop.store.audit_file import AuditFile

    if kind == "form" and out.suffix.lower() != ".pdf":
        raise click.BadParameter("a form is a .pdf.", param_hint="--kind")
    if new_password_fd is not None and out.suffix.lower() != ".hsbaudit":
        raise click.BadParameter("only a .hsbaudit can be protected.", param_hint="--new-password-fd")
    with AuditFile.open(file, read_only=True, password=_password(file, password_fd)) as audit_file:
        audit = audit_file.read()
        wave_id = None if wave is None else _wave(audit, wave).wave_id
        _list_identifiers(audit, is_strict=strict)
        outcome = export_audit(
            audit_file,
            out,
            kind=kind,
            wave_id=wave_id,
            printed_on=date.today().isoformat(),
            password=_given(new_password_fd),
        )
    _say(f"Wrote {outcome.path}.")
    for notice in outcome.notices:
        _say(notice)


def _list_identifiers(audit: Audit, *, is_strict: bool) -> None:
    from hsb_desktop.operations.privacy_scan import in_log_lines, scan

    found = scan(audit, today=date.today())
    for line in in_log_lines(audit, found, today=date.today()):
        _complain(line)
    if found and is_strict:
        raise HsbError("Nothing was written. Take these out of the audit, or export without --strict.")


@main.command()
@_FILE
@_WAVE
@_PASSWORD
def show(file: Path, wave: str | None, password_fd: int | None) -> None:
    """Print how far FILE has come and its domain means."""
    from hsb_desktop.operations.showing import audit_in_lines
    from hsb_desktop.store.audit_file import AuditFile

    with AuditFile.open(file, read_only=True, password=_password(file, password_fd)) as audit_file:
        audit = audit_file.read()
    for line in audit_in_lines(audit, _wave(audit, wave)):
        _say(line)


@main.command("remove-text")
@_FILE
@click.option(
    "--text-fd", "descriptor", type=click.IntRange(min=0), required=True, metavar="N",
    help="Where the text is read from, in UTF-8: a file descriptor, 0 for standard input.",
)  # fmt: skip
@click.option(
    "--also",
    "others",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A backup or another copy to remove it from, too; may be given several times.",
)
@click.option(
    "--by",
    "removed_by",
    metavar="NAME",
    default="",
    help="Who the note names; it goes into shared copies, too.",
)
@click.option("--whole-words", is_flag=True, help="Leave it where it is only a part of a longer word.")
@_PASSWORD
def remove_text(
    *,
    file: Path,
    descriptor: int,
    others: tuple[Path, ...],
    removed_by: str,
    whole_words: bool,
    password_fd: int | None,
) -> None:
    """Remove a text for good from FILE: from what stands in it, and from its history.

    The text is never an argument: other programs can read those. "[removed by NAME, date]" stands in its
    place, without --by "[removed by someone, date]"; this cannot be undone. It is found in any case and with
    any spaces between its words. The file's own history says who was typing last here.
    """
    from hsb_desktop.operations.removing import OUT_OF_REACH, known_copies, remove_for_good, report_sentences
    from hsb_desktop.settings import load_settings
    from hsb_desktop.store.audit_file import AuditFile

    text = _text_from(descriptor)
    with AuditFile.open(file, password=_password(file, password_fd)) as audit_file:
        author = load_settings().authors.get(audit_file.read().audit_id, "")
        others = (*known_copies(audit_file), *others)
        report = remove_for_good(
            audit_file, text, removed_by, date.today(), others, whole_words=whole_words, author=author
        )
    for sentence in (*report_sentences(report, done=True), OUT_OF_REACH):
        _say(sentence)
    if report.problems:
        raise HsbError("The text is not gone from everywhere yet; see above what is left to do.")


def _text_from(descriptor: int) -> str:
    import os

    try:
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read().decode("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise HsbError(
            f"The text could not be read from descriptor {descriptor}: {error.strerror}. Nothing was changed."
        ) from error
    except UnicodeDecodeError as error:
        raise HsbError("The text is not written in UTF-8. Nothing was changed.") from error


@main.command()
@_FILE
@_PASSWORD
def check(file: Path, password_fd: int | None) -> None:
    """Say whether FILE is whole. It is left as it is."""
    from hsb_desktop.operations.checking import check_audit_file

    problems = check_audit_file(file, _password(file, password_fd))
    if problems:
        raise HsbError(f"{file} is not whole: {' '.join(problems)} It was left as it is.")
    _say(f"{file} is whole.")


@main.command()
@_FILE
@click.option(
    "-o", "--output", "out", required=True, type=_SuffixedPath((".hsbaudit",), is_read=False), metavar="OUT",
    help="The new audit to write (.hsbaudit); it must not exist yet.",
)  # fmt: skip
@_PASSWORD
def rescue(file: Path, out: Path, password_fd: int | None) -> None:
    """Bring what can be read of a damaged FILE into OUT.

    OUT is protected as FILE is. What could not be read is said, and what may not be what was entered. FILE is
    left as it is.
    """
    from hsb_desktop.operations.rescuing import rescue_audit

    try:
        report = rescue_audit(file, out, _given(password_fd))
    except PasswordNeeded:
        report = rescue_audit(file, out, _password(file, password_fd))
    _say(f"Wrote {report.path}.")
    for line in report.lines():
        _say(line)


@main.command()
@_FILE
@click.option(
    "--password-fd", "--new-password-fd", "password_fd", type=click.IntRange(min=0), metavar="N",
    help="The password: one line in UTF-8 from this open file descriptor.",
)  # fmt: skip
@_ALL_BACKUPS
@_KEEP_UNREADABLE
def protect(*, file: Path, password_fd: int | None, all_backups: bool, keep_unreadable: bool) -> None:
    """Protect FILE with a password, which is asked for at a terminal.

    If the password is forgotten, nobody can open the audit again: not its makers, not anybody else. The
    backups made from FILE are protected likewise; one that cannot be opened is deleted. What was copied
    elsewhere before stays readable, and so may versions in a cloud and free blocks of the disk.
    """
    from hsb_desktop.store.gate import can_be_protected
    from hsb_desktop.store.protection import protect as protect_file

    if can_be_protected(file):
        raise PasswordNeeded(
            f"{file.name} is protected already, or no audit. Its password is changed with rekey."
        )
    password = _new_password(password_fd, file)
    protect_file(file, password)
    _say(f"{file} is protected now. Nobody can open it without the password: keep that in a safe place.")
    _reprotect_backups(file, None, password, all_backups=all_backups, keep_unreadable=keep_unreadable)


@main.command()
@_FILE
@_PASSWORD
@_ALL_BACKUPS
def unprotect(file: Path, password_fd: int | None, all_backups: bool) -> None:
    """Take the password of FILE away: anybody who has the file can read it then."""
    from hsb_desktop.store.audit_file import AuditFile
    from hsb_desktop.store.protection import remove_protection

    password = _password(file, password_fd)
    with AuditFile.open(file, password=password) as audit_file:
        remove_protection(audit_file)
    _say(f"{file} is no longer protected: anybody who has it can read it.")
    _reprotect_backups(file, password, None, all_backups=all_backups)


@main.command()
@_FILE
@_PASSWORD
@_NEW_PASSWORD
@_ALL_BACKUPS
@_KEEP_UNREADABLE
def rekey(
    *,
    file: Path,
    password_fd: int | None,
    new_password_fd: int | None,
    all_backups: bool,
    keep_unreadable: bool,
) -> None:
    """Give a protected FILE another password.

    If the password is forgotten, nobody can open the audit again. The backups made from FILE are given the
    new one likewise, and one that cannot be opened is deleted; copies elsewhere keep theirs.
    """
    from hsb_desktop.store.audit_file import AuditFile
    from hsb_desktop.store.protection import change_password

    password = _password(file, password_fd)
    with AuditFile.open(file, password=password) as audit_file:
        change_password(audit_file, lambda: _new_password(new_password_fd, file))
        new_password = audit_file.password
    _say(f"{file} has another password now. Nobody can open it without that: keep it in a safe place.")
    _reprotect_backups(file, password, new_password, all_backups=all_backups, keep_unreadable=keep_unreadable)


def _reprotect_backups(
    file: Path,
    password: str | None,
    new_password: str | None,
    *,
    all_backups: bool,
    keep_unreadable: bool = False,
) -> None:
    from hsb_desktop.operations.reprotecting import BackupChoice, reprotect_backups, reprotected_in_words
    from hsb_desktop.store.audit_file import AuditFile

    with AuditFile.open(file, read_only=True, password=new_password) as audit_file:
        audit_id = audit_file.read().audit_id
    choice = BackupChoice(also_elsewhere=all_backups, keeps_unreadable=keep_unreadable)
    outcome = reprotect_backups(audit_id, password, new_password, file, choice)
    for sentence in reprotected_in_words(outcome):
        _say(sentence)


def _password(file: Path, password_fd: int | None) -> str | None:
    """Return the password that FILE needs, from the descriptor or the terminal; None if it needs none."""
    from hsb_desktop.operations.password_source import ask_password, can_ask
    from hsb_desktop.store.gate import can_be_protected

    if password_fd is not None:
        return _given(password_fd)
    if not can_be_protected(file):
        return None
    if not can_ask():
        raise PasswordNeeded(
            f"{file.name} is protected with a password, or it is no audit or damaged at its start. "
            "Give the password with --password-fd N, or start this at a terminal."
        )
    return ask_password(_printable(f"Password of {file}", sys.stderr))


def _given(password_fd: int | None) -> str | None:
    if password_fd is None:
        return None
    from hsb_desktop.operations.password_source import read_password

    return read_password(password_fd)


def _new_password(password_fd: int | None, file: Path) -> str:
    from hsb_desktop.operations.password_source import ask_new_password, can_ask

    if (password := _given(password_fd)) is not None:
        return password
    if not can_ask():
        raise PasswordNeeded(
            "There is no terminal to ask for the new password. Give it with --new-password-fd N; "
            "nothing was changed."
        )
    return ask_new_password(_printable(f"New password of {file}", sys.stderr))


@main.command()
@_FILE
@click.option("--restore", "restored", metavar="NAME", callback=_a_version, help="Go back to version NAME.")
@click.option(
    "-o", "--output", "out", type=_SuffixedPath((".hsbaudit",), is_read=False), metavar="OUT",
    help="With --restore: write version NAME into OUT, a new file, instead.",
)  # fmt: skip
@click.option("--delete", "deleted", metavar="NAME", callback=_a_version, help="Delete version NAME.")
@click.option("--delete-all", is_flag=True, help="Delete all that were made from FILE, none of another copy.")
@_PASSWORD
def backups(
    *,
    file: Path,
    restored: str | None,
    out: Path | None,
    deleted: str | None,
    delete_all: bool,
    password_fd: int | None,
) -> None:
    """List the earlier versions of FILE, the newest first, or go back to one.

    NAME stands at the start of its line, and stays the same: it is the time at which the version was made, in
    UTC. A line says of which file a version is where that is another copy of the audit.

    FILE may be damaged or gone: then they are of the audit that was last opened there. What it holds now is
    kept as an earlier version before another takes its place.
    """
    from hsb_desktop.operations.backup_commands import delete_version, delete_versions, go_back, listed

    if sum((restored is not None, deleted is not None, delete_all)) > 1:
        raise click.UsageError("--restore, --delete and --delete-all are one at a time.")
    if out is not None and restored is None:
        raise click.UsageError("-o / --output goes with --restore.")
    password = _password_of_backups(file, password_fd, restored, asks=restored is not None or delete_all)
    if restored is not None:
        sentences = go_back(file, restored, out, password)
    elif deleted is not None:
        sentences = delete_version(file, deleted, password)
    else:
        sentences = delete_versions(file, password) if delete_all else listed(file, password, _recent_files())
    for sentence in sentences:
        _say(sentence)


def _password_of_backups(
    file: Path, password_fd: int | None, restored: str | None, *, asks: bool
) -> str | None:
    """Return the password, which is needed to go back, and to be sure of which audit all are deleted.

    Where FILE is damaged or gone, it is the one of the version that is wanted.
    """
    if not asks and password_fd is None:
        return None
    try:
        return _password(file, password_fd)
    except PasswordNeeded:
        raise
    except FileRefused:
        # It is damaged or gone, which is when an earlier version is wanted.
        return None if restored is None else _password_of_version(file, restored)


def _password_of_version(file: Path, name: str) -> str | None:
    from hsb_desktop.operations.backup_commands import needs_password
    from hsb_desktop.operations.password_source import ask_password, can_ask

    if not needs_password(file, name):
        return None
    if not can_ask():
        raise PasswordNeeded(
            f"Version {name} of {file.name} is protected with the password that the audit has. Give it with "
            "--password-fd N, or start this at a terminal; nothing was changed."
        )
    return ask_password(_printable(f"Password of {file}", sys.stderr))


def _recent_files() -> tuple[Path, ...]:
    from hsb_desktop.settings import load_settings

    return tuple(Path(recent) for recent in load_settings().recent)


def _back_up(audit_file: AuditFile) -> None:
    """Make a backup before an import; that none can be made is said, and keeps nothing from being done."""
    from hsb_desktop.store.backup import BackupReason, make_due_backup

    try:
        make_due_backup(audit_file, BackupReason.IMPORT)
    except OutputRefused as error:
        _complain(str(error))


def _wave(audit: Audit, label: str | None) -> Wave:
    if not audit.waves:
        raise HsbError("The audit has no wave yet. Add one first.")
    if label is None:
        return audit.waves[-1]
    found = [wave for wave in audit.waves if wave.label == label]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f'"{wave.label}"' for wave in audit.waves)
    raise HsbError(
        f'There is {"more than one" if found else "no"} wave called "{label}". The waves are: {known}.'
    )


def _say(text: str) -> None:
    click.echo(_printable(text, sys.stdout), file=sys.stdout)


def _complain(text: str) -> None:
    click.echo(_printable(text, sys.stderr), file=sys.stderr, err=True)


def _printable(text: str, stream: Any) -> str:
    """Return the text on one line, with the marks that a poorer console lacks as plain ones."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        "".join(_PLAIN).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        for mark, plain in _PLAIN.items():
            text = text.replace(mark, plain)
    # A name out of a file must not steer the terminal.
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)

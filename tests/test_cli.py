"""`hsb-audit`: what it prints, what it leaves behind, and the exit code that a script can trust."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from hsb_desktop import __version__
from hsb_desktop.cli import audits
from hsb_desktop.operations.exporting import EXPORT_SUFFIXES
from hsb_desktop.operations.importing import IMPORT_SUFFIXES
from hsb_desktop.operations.sample import create_sample_audit
from hsb_desktop.settings import load_settings, save_settings, settings_path
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.removal import LABEL
from tests.command_line import Run

CHECKOUT = Path(__file__).resolve().parents[1]
COMMANDS = (
    "new",
    "import",
    "export",
    "show",
    "check",
    "remove-text",
    "protect",
    "unprotect",
    "rekey",
    "backups",
    "rescue",
    "pack",
    "merge",
    "compare",
    "collate",
)


@pytest.fixture
def audit(run: Run) -> str:
    assert run("new", "a.hsbaudit", "--area", "Northmoor").exit_code == 0
    return "a.hsbaudit"


@pytest.fixture
def sample(run: Run) -> str:
    create_sample_audit(Path("s.hsbaudit")).close()
    return "s.hsbaudit"


def present() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT), **more}


def started(*arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """Start the real program, with a standard input that never ends."""
    read_end, write_end = os.pipe()
    try:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "hsb_desktop.cli", *arguments],
            stdin=read_end,
            capture_output=True,
            encoding=encoding,
            env=environment(PYTHONIOENCODING=encoding),
            timeout=60,
            check=False,
        )
    finally:
        os.close(read_end)
        os.close(write_end)


def refused(result: Result, *words: str) -> None:
    """Exit 1 with one sentence on standard error, and nothing else."""
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    for word in words:
        assert word in result.stderr


# Usage ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_is_everywhere(command: tuple[str, ...], run: Run) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_the_version(run: Run) -> None:
    assert __version__ in run("--version").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("unknown",), ("new",), ("new", "b.hsbaudit"), ("new", "b.hsbaudit", "--area", " "),
        ("new", "b.hsbaudit", "--area", "A", "--date", "2026-02-30"),
        ("new", "b.hsbaudit", "--area", "A", "--date", "12/03/2026"),
        ("new", "b.hsbaudit", "--area", "A", "--x"),
        ("import", "a.hsbaudit"), ("import", "a.hsbaudit", "rows.docx"), ("export", "a.hsbaudit"),
        ("export", "a.hsbaudit", "-o", "x.docx"), ("export", "a.hsbaudit", "-o", "x"),
        ("export", "a.hsbaudit", "-o", "x.pdf", "--kind", "poster"),
        ("export", "a.hsbaudit", "-o", "x.csv", "--kind", "form"), ("show",), ("check",), ("check", "a", "b"),
    ],
)  # fmt: skip
def test_wrong_usage_is_exit_2_and_leaves_nothing(arguments: tuple[str, ...], audit: str, run: Run) -> None:
    Path("rows.docx").touch()
    result = run(*arguments)
    assert result.exit_code == 2
    assert "nvalid" not in result.stderr
    assert result.stdout == ""
    assert present() == [audit, "rows.docx"]


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (("unknown",), "No such command 'unknown'."),
        (("new",), "FILE is missing."),
        (("new", "b.hsbaudit"), "--area is missing."),
        (("new", "b.hsbaudit", "--area", " "), "--area: it is empty."),
        (("new", "b.hsbaudit", "--area"), "Option '--area' requires an argument."),
        (
            ("new", "b.hsbaudit", "--area", "A", "--date", "0202-03-12"),
            "--date: '0202-03-12' is not a day written as YYYY-MM-DD, from 1900 to 2100.",
        ),
        (("new", "b", "--area", "A", "--x\x1b[2J"), "There is no option --x�[2J."),
        (("new", "b", "--ares", "A"), "There is no option --ares. Did you mean --area?"),
        (("import", "a.hsbaudit", "rows.docx"), 'SOURCE: "rows.docx" does not end in .csv, .xlsx, .json.'),
        (("export", "a.hsbaudit"), "-o / --output is missing."),
        (
            ("export", "a.hsbaudit", "-o", "x.pdf", "--kind", "poster"),
            "--kind: 'poster' is not one of 'report', 'form'.",
        ),
        (("export", "a.hsbaudit", "-o", "x.csv", "--kind", "form"), "--kind: a form is a .pdf."),
        (("check", "a", "b"), "Got unexpected extra argument (b)"),
    ],
)
def test_wrong_usage_is_said_in_plain_words(
    arguments: tuple[str, ...], sentence: str, audit: str, run: Run
) -> None:
    Path("rows.docx").touch()
    result = run(*arguments)
    assert result.exit_code == 2
    first, *usage = result.stderr.splitlines()
    assert first == sentence
    if arguments[-1] != "--area":  # click does not tell of which command it reads the words just then
        assert usage[0].startswith("Usage: ")
        assert usage[-1].endswith("--help tells more.")


def test_the_suffixes_are_those_of_the_operations() -> None:
    assert (audits._EXPORTS, audits._IMPORTS) == (EXPORT_SUFFIXES, IMPORT_SUFFIXES)


@pytest.mark.parametrize(
    "command", [("import", "{}", "r.csv"), ("export", "{}", "-o", "x.json"), ("show", "{}"), ("check", "{}")]
)
@pytest.mark.parametrize("path", ["missing.hsbaudit", "folder.hsbaudit", "empty.hsbaudit", "text.hsbaudit"])
def test_what_is_missing_a_folder_or_no_audit_is_exit_1(
    command: tuple[str, ...], path: str, run: Run
) -> None:
    Path("folder.hsbaudit").mkdir()
    Path("empty.hsbaudit").touch()
    Path("text.hsbaudit").write_text("Not an audit. " * 100)
    Path("r.csv").write_text("statement\n")
    before = present()
    refused(run(*(word.format(path) for word in command)), path)
    assert present() == before


@pytest.mark.parametrize(
    "source",
    ["missing.csv", "missing", "missing.docx", "folder.xlsx", "folder.json", "folder", "folder.docx"],
)
def test_a_source_that_is_missing_or_a_folder_is_exit_1(source: str, audit: str, run: Run) -> None:
    if source.startswith("folder"):
        Path(source).mkdir()
    refused(run("import", audit, source), source)


@pytest.mark.parametrize("out", ["folder", "folder.csv", "folder.docx", "/", ".", ""])
def test_an_output_that_is_a_folder_is_exit_1(out: str, audit: str, run: Run) -> None:
    if out.startswith("folder"):
        Path(out).mkdir()
    before = present()
    refused(run("export", audit, "-o", out), "is a folder")
    assert present() == before


@pytest.mark.parametrize("source", ["locked.csv", "locked", "locked.docx"])
def test_a_source_that_may_not_be_read_is_exit_1(
    source: str, audit: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    Path(source).touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    refused(run("import", audit, source), "could not be read: Permission denied")


def test_a_source_whose_name_no_text_can_hold_is_imported(audit: str, run: Run) -> None:
    name = "rows\x07\udcff.csv"
    try:
        Path(name).write_text("statement,score\n1.1,3\n")
    except OSError:
        pytest.skip("this disk does not take such a name")
    assert run("import", audit, name).exit_code == 0
    assert "1 of 46 scored" in run("show", audit).stdout


# New ------------------------------------------------------------------------------------------------------


def test_new_makes_what_was_asked_for(run: Run) -> None:
    words = ["--area", "Ŵ side", "--edition", "nspcc-hsb-form", "--title", "Our audit", "--wave", "T1"]
    assert run("new", "n.hsbaudit", *words, "--date", "2026-03-12").exit_code == 0
    run("export", "n.hsbaudit", "-o", "n.json")
    data = json.loads(Path("n.json").read_text(encoding="utf-8"))
    assert (data["audit"]["area"], data["audit"]["title"]) == ("Ŵ side", "Our audit")
    assert data["audit"]["instrument"] == "nspcc-hsb-form"
    assert (data["waves"][0]["label"], data["waves"][0]["held_on"]) == ("T1", "2026-03-12")


def test_new_refuses_a_path_that_is_taken(audit: str, run: Run) -> None:
    content = Path(audit).read_bytes()
    refused(run("new", audit, "--area", "B"), "exists already")
    assert Path(audit).read_bytes() == content


def test_new_into_a_folder_that_is_not_there_or_an_unknown_edition_is_exit_1(run: Run) -> None:
    refused(run("new", "none/a.hsbaudit", "--area", "A"), "none")
    refused(run("new", "a.hsbaudit", "--area", "A", "--edition", "third"), "third", "nspcc-hsb-2019")
    refused(run("new", "a.hsbaudit", "--area", "A\x07"), "U+0007")
    assert present() == []


# Import ---------------------------------------------------------------------------------------------------


def test_import_says_what_it_did(audit: str, run: Run) -> None:
    Path("r.csv").write_text(
        "statement,score,agency,wave\n1.1,3,,Baseline\n1.1,no view,Police,Baseline\n1.1,2,,T2\n", "utf-8"
    )
    result = run("import", audit, "r.csv")
    assert result.exit_code == 0
    assert "3 responses new or changed" in result.stdout
    assert 'Adds the agency "Police".' in result.stdout
    assert 'Adds the wave "T2".' in result.stdout
    assert "1 of 46 scored" in run("show", audit, "--wave", "Baseline").stdout
    assert "0 responses new or changed, 3 responses as before" in run("import", audit, "r.csv").stdout


def test_bad_rows_are_listed_and_no_row_is_taken_in(audit: str, run: Run) -> None:
    Path("r.csv").write_text("statement,score\n1.1,3\n1.2,9\n\n8.8,1\n")
    content = Path(audit).read_bytes()
    result = run("import", audit, "r.csv")
    assert result.exit_code == 1
    assert [line.strip().split(":")[0] for line in result.stderr.splitlines()[1:]] == ["row 3", "row 5"]
    assert Path(audit).read_bytes() == content


def test_a_name_out_of_a_file_cannot_steer_the_terminal(audit: str, run: Run) -> None:
    Path("r.csv").write_text("statement,score,\x1b[2Jcolour\n1.1,3,x\n")
    assert "\x1b" not in run("import", audit, "r.csv").output


@pytest.mark.parametrize("suffix", IMPORT_SUFFIXES)
def test_what_is_exported_can_be_imported_into_a_new_audit(
    suffix: str, audit: str, sample: str, run: Run
) -> None:
    assert run("export", sample, "-o", f"x{suffix}").exit_code == 0
    assert run("import", audit, f"x{suffix}").exit_code == 0
    lines = run("show", audit).stdout.splitlines(), run("show", sample).stdout.splitlines()
    assert lines[0][-7:] == lines[1][-7:]
    for file in (audit, sample):
        run("export", file, "-o", f"{file}.csv")
    exported = [Path(f"{file}.csv").read_text("utf-8-sig") for file in (audit, sample)]
    assert exported[0] == exported[1]


def test_json_into_an_audit_with_entries_is_exit_1(sample: str, run: Run) -> None:
    run("export", sample, "-o", "x.json")
    refused(run("import", sample, "x.json"), "Make a new audit")


def test_a_sample_comes_back_equal_with_its_mark_where_the_new_audit_is_a_sample_too(
    audit: str, sample: str, run: Run
) -> None:
    run("export", sample, "-o", "x.json")
    assert run("new", "n.hsbaudit", "--area", "Q", "--sample").exit_code == 0
    result = run("import", "n.hsbaudit", "x.json")
    assert result.exit_code == 0
    assert "sample" not in result.stdout.replace("(sample)", "")
    run("export", "n.hsbaudit", "-o", "back.json")
    documents = [json.loads(Path(name).read_text(encoding="utf-8")) for name in ("x.json", "back.json")]
    for document in documents:
        assert document["audit"]["is_sample"] is True
        del document["audit"]["id"], document["audit"]["made_at"]
    assert documents[0] == documents[1]
    assert "hsb-audit new --sample" in run("import", audit, "x.json").stdout


def test_what_is_no_sample_is_not_imported_where_no_backups_are_made(audit: str, run: Run) -> None:
    run("export", audit, "-o", "x.json")
    run("new", "n.hsbaudit", "--area", "Q", "--sample")
    content = Path("n.hsbaudit").read_bytes()
    refused(run("import", "n.hsbaudit", "x.json"), "marked as a sample", "Nothing was changed")
    assert Path("n.hsbaudit").read_bytes() == content


def test_json_without_a_wave_is_refused_in_its_own_words_and_the_audit_is_as_it_was(
    audit: str, sample: str, run: Run
) -> None:
    run("export", sample, "-o", "x.json")
    document = json.loads(Path("x.json").read_text(encoding="utf-8"))
    parts = {key: document[key] for key in ("format", "version", "audit", "agencies")}
    Path("no-wave.json").write_text(json.dumps({**parts, "waves": []}), encoding="utf-8")
    content = Path(audit).read_bytes()
    result = run("import", audit, "no-wave.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing was changed" in result.stderr
    assert "waves: must hold at least one wave" in result.stderr
    assert Path(audit).read_bytes() == content


def test_what_is_imported_is_kept_under_the_author_of_this_audit(audit: str, run: Run) -> None:
    from hsb_desktop.settings import Settings, save_settings
    from hsb_desktop.store.audit_file import AuditFile

    Path("r.csv").write_text("statement,score\n1.1,3\n")
    with AuditFile.open(Path(audit), read_only=True) as file:
        save_settings(Settings().with_author(file.read().audit_id, "Scribe"))
    run("import", audit, "r.csv")
    with AuditFile.open(Path(audit), read_only=True) as file:
        assert [(entry.author, entry.label) for entry in file.history()] == [("Scribe", "Import of r.csv")]


# Export, show, check --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_every_suffix_is_written(suffix: str, sample: str, run: Run) -> None:
    result = run("export", sample, "-o", f"x{suffix.upper()}")
    assert result.exit_code == 0, result.stderr
    assert Path(f"x{suffix.upper()}").stat().st_size > 1000


def test_the_form_is_printed(sample: str, run: Run) -> None:
    assert run("export", sample, "--kind", "form", "-o", "f.pdf").exit_code == 0
    assert Path("f.pdf").read_bytes().startswith(b"%PDF")


def test_export_onto_the_audit_itself_or_a_folder_is_exit_1(sample: str, run: Run) -> None:
    content = Path(sample).read_bytes()
    refused(run("export", sample, "-o", sample), "is the audit")
    Path("folder.csv").mkdir()
    refused(run("export", sample, "-o", "folder.csv"), "folder")
    assert Path(sample).read_bytes() == content


@pytest.fixture
def telling(audit: str, run: Run) -> str:
    """An audit that holds a telephone number and an e-mail address."""
    Path("rows.csv").write_text("statement,evidence\n3.2,Ring 01632 960001\n1.1,jo@example.org\n", "utf-8")
    assert run("import", audit, "rows.csv").exit_code == 0
    return audit


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_export_lists_what_may_identify_somebody_and_goes_on(suffix: str, telling: str, run: Run) -> None:
    result = run("export", telling, "-o", f"x{suffix}")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "Look at 2 places that may identify somebody (names cannot be found this way):",
        "  Baseline, 1.1 evidence: e-mail address “jo@…”",
        "  Baseline, 3.2 evidence: telephone number “016…”",
    ]
    assert "960001" not in result.output
    assert Path(f"x{suffix}").exists()


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_a_strict_export_writes_nothing_where_something_is_found(suffix: str, telling: str, run: Run) -> None:
    Path("x.json").write_text("earlier")
    before = present()
    result = run("export", telling, "-o", f"x{suffix}", "--strict")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 4
    assert "Nothing was written" in result.stderr
    assert present() == before
    assert Path("x.json").read_text() == "earlier"


def test_a_strict_export_is_an_export_where_nothing_is_found(sample: str, run: Run) -> None:
    result = run("export", sample, "-o", "x.csv", "--strict")
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path("x.csv").exists()


def test_an_unknown_wave_is_answered_with_the_known_ones(sample: str, run: Run) -> None:
    refused(run("show", sample, "--wave", "T9"), "T9", "Baseline")
    refused(run("export", sample, "-o", "x.pdf", "--wave", "T9"), "Baseline")


def test_show_tells_progress_means_and_what_lacks_evidence(sample: str, audit: str, run: Run) -> None:
    whole, empty = run("show", sample).stdout, run("show", audit).stdout
    for words in (
        "Northmoor Vale",
        "Wave: Baseline",
        "46 of 46 scored",
        "10 of 10",
        "Warning: scored 3 or 4",
    ):
        assert words in whole
    assert "Responses         –  0 of 10 scored" in empty


def test_a_domain_scored_in_part_is_called_so(audit: str, run: Run) -> None:
    Path("r.csv").write_text("statement,score,evidence\n1.1,0,\n1.2,3,Seen\n")
    run("import", audit, "r.csv")
    assert "1 Responses       1.5  2 of 10 scored  part scored" in run("show", audit).stdout


def test_check_tells_whole_from_damaged(sample: str, run: Run) -> None:
    assert "is whole" in run("check", sample).stdout
    content = bytearray(Path(sample).read_bytes())
    place = content.find(b"We can count what comes")
    content[place] ^= 1
    Path(sample).write_bytes(content)
    refused(run("check", sample), "damaged")
    assert Path(sample).read_bytes() == content


# Faults ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [("new", "n.hsbaudit", "--area", "A"), ("export", "s.hsbaudit", "-o", "x.json")]
)
def test_a_full_disk_is_exit_1_and_leaves_nothing(
    arguments: tuple[str, ...], sample: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(run(*arguments), "No space left on device")
    assert present() == [sample]


def test_an_unforeseen_refusal_of_the_system_is_a_sentence_too(
    sample: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("hsb_desktop.operations.checking.AuditFile.open", refuse)
    refused(run("check", sample), "Permission denied")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_exit_1(sample: str, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    refused(run("export", sample, "-o", str(folder / "x.json")), "could not be written")
    assert list(folder.iterdir()) == []


# The real program -----------------------------------------------------------------------------------------


def test_it_runs_without_waiting_for_standard_input(sample: str) -> None:
    done = started("show", sample)
    assert (done.returncode, done.stderr) == (0, "")
    assert "46 of 46" in done.stdout
    done = started("show", "missing.hsbaudit")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert started("show").returncode == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files on this system")
def test_a_source_that_is_no_file_is_not_waited_on(audit: str) -> None:
    os.mkfifo("pipe.csv")
    done = started("import", audit, "pipe.csv")
    assert done.returncode == 1
    assert "is not a file" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_poor_console_gets_plain_marks(encoding: str, audit: str, run: Run) -> None:
    run("new", "w.hsbaudit", "--area", "Ŵŷ – “x”")
    done = started("show", "w.hsbaudit", encoding=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of 10 scored" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device on this system")
@pytest.mark.parametrize("arguments", [("--help",), ("show", "s.hsbaudit"), ("show", "--help")])
def test_an_output_that_cannot_be_written_is_told(arguments: tuple[str, ...], sample: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hsb_desktop.cli", *arguments],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "No space left" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="closes the program's outputs as a shell of this system does")
def test_closed_outputs_do_not_matter(sample: str) -> None:
    program = [sys.executable, "-m", "hsb_desktop.cli", "show"]
    for words, code, closed in (([sample], 0, ">&-"), (["missing"], 1, "2>&-")):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {closed}', "sh", *program, *words],
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


def test_a_reader_that_has_seen_enough_gets_no_complaint(sample: str) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "hsb_desktop.cli", "show", sample],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=write_end,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(write_end)
    assert done.stderr == ""


def test_the_command_line_never_loads_qt_and_starts_without_the_heavy_libraries(sample: str) -> None:
    program = (
        "import sys; from hsb_desktop import cli\n"
        "heavy = {'openpyxl', 'reportlab', 'numpy', 'sqlcipher3'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        f"file = {sample!r}\n"
        "for words in (['show', file], ['export', file, '-o', 'x.pdf'], ['export', file, '-o', 'x.xlsx']):\n"
        "    try: cli.main(words)\n"
        "    except SystemExit as end: assert not end.code, words\n"
        "assert not {'PySide6', 'shiboken6', 'pyqtgraph'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# Removing text for good -----------------------------------------------------------------------------------


def removed(text: bytes, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the real program with the text in a pipe that is not its standard input."""
    reading, writing = os.pipe()
    os.write(writing, text)
    os.close(writing)
    try:
        return subprocess.run(
            [sys.executable, "-m", "hsb_desktop.cli", "remove-text", *arguments, "--text-fd", str(reading)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env=environment(PYTHONIOENCODING="utf-8"),
            pass_fds=[reading],
            timeout=60,
            check=False,
        )
    finally:
        os.close(reading)


@pytest.fixture
def named(audit: str, run: Run) -> str:
    """An audit in which a name was written and replaced."""
    for text in ("met Zo\u00eb Quillfeather", "zo\u00eb  quillfeather again"):
        Path("r.csv").write_text(f"statement,score,evidence\n1.1,3,{text}\n", encoding="utf-8")
        assert run("import", audit, "r.csv").exit_code == 0
    return audit


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands on no descriptors but the first three")
def test_a_text_that_is_in_the_name_of_who_types_is_removed_from_the_settings_too(named: str) -> None:
    with AuditFile.open(Path(named), read_only=True) as file:
        audit_id = file.read().audit_id
    save_settings(load_settings().with_author(audit_id, "Zo\u00eb Quillfeather"))
    assert removed("Zo\u00eb Quillfeather\n".encode(), named).returncode == 0
    assert "Quillfeather" not in settings_path().read_text(encoding="ascii")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands on no descriptors but the first three")
def test_text_is_removed_for_good_from_the_audit_and_the_named_copies(named: str) -> None:
    Path("copy.hsbaudit").write_bytes(Path(named).read_bytes())
    result = removed("Zo\u00eb Quillfeather\n".encode(), named, "--also", "copy.hsbaudit", "--by", "Chair")
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "Removed from 1 present text and 2 lines of history.",
        # The backup before the first import did not hold it yet.
        "It was removed from 2 of 3 backups and copies.",
    ]
    assert "cloud service" in lines[-1]
    for name in (named, "copy.hsbaudit"):
        content = Path(name).read_bytes()
        assert b"uillfeather" not in content
        assert b"[removed by Chair, " in content
    assert removed(b"Quillfeather", named).stdout.startswith(f"{named} held it nowhere.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands on no descriptors but the first three")
@pytest.mark.parametrize(
    ("text", "words"),
    [(b"harmful", "own statements"), (b"x\n", "at least two"), (b"", "at least two"), (b"\xff\xfe", "UTF-8")],
)
def test_text_that_cannot_be_removed_is_exit_1(text: bytes, words: str, named: str) -> None:
    before = Path(named).read_bytes()
    result = removed(text, named)
    assert result.returncode == 1
    assert words in result.stderr
    assert Path(named).read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands on no descriptors but the first three")
def test_without_by_the_note_names_nobody_and_only_the_history_says_who_was_typing(named: str) -> None:
    with AuditFile.open(Path(named)) as file:
        audit_id = file.read().audit_id
    save_settings(load_settings().with_author(audit_id, "Scribe Fieldfare"))
    assert removed("Zo\u00eb Quillfeather".encode(), named).returncode == 0
    with AuditFile.open(Path(named)) as file:
        noted = [entry for entry in file.history() if entry.label == LABEL]
        assert [entry.author for entry in noted] == ["Scribe Fieldfare"]
    content = Path(named).read_bytes()
    assert b"[removed by someone, " in content
    assert b"removed by Scribe" not in content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands on no descriptors but the first three")
def test_a_copy_that_could_not_be_cleaned_is_exit_1_and_told(named: str) -> None:
    Path("copy.hsbaudit").write_bytes(Path(named).read_bytes()[:5000])
    result = removed("Zo\u00eb Quillfeather".encode(), named, "--also", "copy.hsbaudit")
    assert result.returncode == 1
    assert "copy.hsbaudit could not be cleaned" in result.stdout
    assert b"uillfeather" not in Path(named).read_bytes()


def test_the_text_to_remove_is_no_argument_and_a_descriptor_that_is_not_there_is_exit_1(
    named: str, run: Run
) -> None:
    assert run("remove-text", named).exit_code == 2
    assert run("remove-text", named, "Zo\u00eb").exit_code == 2
    refused(run("remove-text", named, "--text-fd", "987"), "descriptor 987", "Nothing was changed")


# Rescue -----------------------------------------------------------------------------------------------------


def test_rescue_brings_what_can_be_read_into_a_new_file_and_lists_the_rest(run: Run, sample: str) -> None:
    page, content = 4096, bytearray(Path(sample).read_bytes())
    with AuditFile.open(Path(sample), read_only=True) as file:
        before = file.read()
    text = next(response.evidence for response in before.responses.values() if len(response.evidence) > 30)
    at = content.index(text[:30].encode()) // page * page
    content[at : at + page] = bytes(page)
    Path(sample).write_bytes(content)
    refused(run("check", sample), "damaged")

    done = run("rescue", sample, "-o", "new.hsbaudit")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "Wrote new.hsbaudit." in done.stdout
    assert "could not be read" in done.stdout
    assert ", evidence" in done.stdout
    assert Path(sample).read_bytes() == content
    assert run("check", "new.hsbaudit").exit_code == 0
    with AuditFile.open(Path("new.hsbaudit"), read_only=True) as file:
        after = file.read()
    assert {key: response.score for key, response in after.responses.items()} == {
        key: response.score for key, response in before.responses.items()
    }


def test_rescue_says_why_there_is_nothing_to_do(run: Run, audit: str) -> None:
    refused(run("rescue", audit, "-o", "new.hsbaudit"), "is whole and needs no rescue")
    Path("rubbish.hsbaudit").write_bytes(b"rubbish" * 3000)
    refused(run("rescue", "rubbish.hsbaudit", "-o", "new.hsbaudit"), "Nothing that was entered could be read")
    refused(run("rescue", "rubbish.hsbaudit", "-o", audit), "exists already")
    refused(run("rescue", "missing.hsbaudit", "-o", "new.hsbaudit"), "does not exist")
    assert run("rescue", "rubbish.hsbaudit", "-o", "new.pdf").exit_code == 2
    assert present() == [audit, "rubbish.hsbaudit"]

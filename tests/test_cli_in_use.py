"""The command line leaves a file alone that somebody is working on, and reads it all the same."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from hsb_desktop.cli import main
from hsb_desktop.operations.sample import create_sample_audit
from tests.store.second_process import second_process


def test_an_import_into_a_file_in_use_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path, rows = tmp_path / "s.hsbaudit", tmp_path / "rows.csv"
    create_sample_audit(path).close()
    rows.write_text("statement,score\n1.1,0\n", encoding="utf-8")
    with second_process(path, "Chair Winterbourne") as other:
        assert other.said == "open"
        before = path.read_bytes()
        done = CliRunner().invoke(main, ["import", str(path), str(rows)])
        assert done.exit_code == 1
        assert "s.hsbaudit is in use: it was opened by Chair Winterbourne on the computer" in done.output
        assert path.read_bytes() == before
        for command in (["show", str(path)], ["check", str(path)]):
            assert CliRunner().invoke(main, command).exit_code == 0
    assert CliRunner().invoke(main, ["import", str(path), str(rows)]).exit_code == 0

"""The wheel: built without network, installed away from the source tree, and started there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


def pip(*arguments: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        *arguments,
    ]
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the installed package, far from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ".", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    pip("install", "--no-deps", "--target", str(target), str(wheel))
    return target


@pytest.fixture
def run_installed(installed: Path, tmp_path: Path) -> Run:
    """Runs Python on the installed package, in a folder and with settings of its own."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    own = (
        "HOME",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
    )
    environment = {
        **os.environ,
        **dict.fromkeys(own, str(tmp_path)),
        "PYTHONPATH": str(installed),
        "QT_QPA_PLATFORM": "offscreen",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result

    return run


def test_the_package_and_its_resources_are_found_where_they_are_installed(
    installed: Path, run_installed: Run
) -> None:
    program = (
        "import hsb_desktop\n"
        "from hsb_desktop.resources import resource_path\n"
        "print(hsb_desktop.__file__)\n"
        "print(resource_path('fonts', 'DejaVuSans.ttf'))\n"
        "print(resource_path('instruments', 'nspcc-hsb-2019.json'))\n"
    )
    paths = [Path(line) for line in run_installed("-c", program).stdout.splitlines()]
    assert len(paths) == 3
    for path in paths:
        assert path.is_relative_to(installed.resolve())
        assert path.is_file()


def test_every_resource_is_in_the_wheel(installed: Path) -> None:
    def files(folder: Path) -> set[str]:
        return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

    assert files(installed / "hsb_desktop" / "_resources") == files(ROOT / "resources")


def test_licences_and_notice_go_with_the_wheel(installed: Path) -> None:
    names = {path.name for path in installed.glob("*.dist-info/licenses/**/*")}
    assert {"LICENSE", "NOTICE", "LICENSE-NotoSans.txt", "LICENSE-DejaVu.txt"} <= names


def test_the_wheel_asks_for_no_qt_that_aborts(installed: Path) -> None:
    (metadata,) = installed.glob("*.dist-info/METADATA")
    text = metadata.read_text(encoding="utf-8")
    assert "Requires-Dist: pyside6-essentials<6.12,>=6.8\n" in text
    assert "Requires-Python: <3.15,>=3.11\n" in text


def test_the_command_line_starts(run_installed: Run) -> None:
    assert "Usage:" in run_installed("-m", "hsb_desktop.cli", "--help").stdout


def test_the_program_makes_the_sample_report_without_a_display(run_installed: Run, tmp_path: Path) -> None:
    output = tmp_path / "sample"
    run_installed("-m", "hsb_desktop", "--sample", "--without-display", str(output))
    reports = list(output.rglob("*.pdf"))
    assert reports
    for report in reports:
        assert report.read_bytes().startswith(b"%PDF-")

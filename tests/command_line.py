"""The command line, called in this process: what a command prints, and how it ends."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import CliRunner, Result

from hsb_desktop import cli

Run = Callable[..., Result]


def run_command(*arguments: object) -> Result:
    """Run `hsb-audit` with these arguments; only its own end may end it."""
    result = CliRunner().invoke(cli.main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result

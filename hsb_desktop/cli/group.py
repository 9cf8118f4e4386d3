"""The group of all commands, and wrong usage in the program's own words.

Exit 0 done, 1 could not, 2 wrong usage. Nothing is asked but a password, and that at a terminal only;
standard input is never read, unless `--password-fd 0` or `--text-fd 0` asks for it. Libraries and rooms that
a command needs are imported when it runs, so that `--help` is there at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from hsb_desktop import __version__
from hsb_desktop.cli.console import complain
from hsb_desktop.errors import HsbError, RowsRefused
from hsb_desktop.process import keep_memory_private, use_private_temporary_folder


class _WrongUsage(click.UsageError):
    """Wrong usage in the program's own words: what is wrong, and how it is used."""

    def show(self, file: Any = None) -> None:
        complain(self.message)
        if self.ctx is not None:
            for line in self.ctx.get_usage().splitlines():
                complain(line)
            complain(f"{self.ctx.command_path} --help tells more.")


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
            complain(str(error))
            if isinstance(error, RowsRefused):
                for problem in error.problems:
                    complain(f"  {problem}")
        except OSError as error:
            complain(f"It could not be done: {error.strerror or error}. Nothing half-written is left behind.")
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

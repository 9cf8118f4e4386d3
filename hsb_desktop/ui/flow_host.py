"""What the flows of files, backups and removal need of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from hsb_desktop.settings import Settings

if TYPE_CHECKING:
    from hsb_desktop.ui.session import AuditSession


class Teller(Protocol):
    """An audit, and somebody to tell of it."""

    @property
    def session(self) -> AuditSession | None:
        """The open audit, if there is one."""

    def say(self, words: str) -> None:
        """Show a short note that needs no answer."""

    def tell(
        self,
        title: str,
        text: str,
        act_words: str,
        act: Callable[[], None],
        *,
        also: tuple[str, Callable[[], None]] | None = None,
        until: Callable[[], bool] | None = None,
    ) -> None:
        """Show something that nobody should miss, until it is put away, with one or two buttons for more.

        With `until` it goes by itself once that holds after a change of the audit.
        """


class Host(Teller, Protocol):
    """What the flows need of the window that they serve."""

    settings: Settings

    def show_audit(self, session: AuditSession) -> None:
        """Show an audit. None is open."""

    def close_audit(self) -> bool:
        """Close the open audit, if there is one; return whether none is open now."""

    def change_settings(self, settings: Settings) -> None:
        """Take over what is to be remembered."""

    def show_statement(self, statement_id: str) -> None:
        """Show a statement with the keyboard on its score."""

"""Starts the window: the application, its settings, its signals, and the dialog for faults of our own."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, cast

# From here on garbage is collected on the window's thread only (see `ui/rubbish.py`), and not between two
# imports: there is none yet, and looking for it costs a twentieth of the first paint.
gc.disable()

from hsb_desktop.ui.binding import load_binding

load_binding()

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from hsb_desktop import __version__
from hsb_desktop.errors import HsbError
from hsb_desktop.settings import Settings, load_settings, save_settings
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.first_paint import AfterFirstPaint
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.rubbish import RubbishCollector
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.ui.typist import typist_of

if TYPE_CHECKING:
    import argparse
    import socket

    from PySide6.QtGui import QFileOpenEvent

_appearances: dict[int, Appearance] = {}
"""One for each application: a style that Python lets go of leaves Qt with nothing to paint with."""


def open_window(path: str | os.PathLike[str]) -> MainWindow:
    """Return the main window on an audit file, given a QApplication. Runs no event loop, shows no dialog.

    Raises FileRefused if the file cannot be opened as an audit.
    """
    file = AuditFile.open(Path(path))
    window = _window(load_settings())
    session = AuditSession(file)
    session.author = typist_of(session.audit, window.settings)
    window.show_audit(session)
    return window


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window until it is closed and return its exit status."""
    from hsb_desktop.last_session import take_left_open
    from hsb_desktop.ui.reopening import Reopening

    wanted = _parsed(arguments)
    if wanted.sample and wanted.without_display:
        return _do_without_display(wanted.without_display)
    kind = MacApplication if sys.platform == "darwin" else WorkshopApplication
    application = kind(sys.argv[:1])
    window = _window(load_settings())
    application.window = window
    reopening = Reopening(window)
    sys.excepthook = CrashHook(window, reopening.note_crash)
    _close_on_signals(application, window)
    AfterFirstPaint(window, _keep_words_private)
    application.commitDataRequest.connect(lambda _manager: _commit(window))
    left_open = take_left_open()
    # After the first paint, so that a refusal has a window to stand on.
    if wanted.sample:
        QTimer.singleShot(0, window, window.flows.open_sample)
    elif wanted.file:
        QTimer.singleShot(0, window, lambda: window.flows.open_path(Path(wanted.file)))
    else:
        window.show_start()
        if left_open is not None:
            QTimer.singleShot(0, window, lambda: reopening.reopen(left_open))
    window.show_on_screen()
    return application.exec()


class WorkshopApplication(QApplication):
    """The application, with its names."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self.window: MainWindow | None = None
        self.setApplicationName("HSB Audit Workshop")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("hsb-audit-workshop")


class MacApplication(WorkshopApplication):
    """The application on macOS, which is told by an event which file was double-clicked."""

    def event(self, event: QEvent) -> bool:
        """Open a file that the system hands over."""
        if event.type() is QEvent.Type.FileOpen and self.window is not None:
            self.window.flows.open_path(Path(cast("QFileOpenEvent", event).file()))
            return True
        return super().event(event)


class CrashHook:
    """Shows a fault of our own, one at a time; what is marked as saved is on the disk all the while."""

    def __init__(self, window: MainWindow, note_crash: Callable[[], None]) -> None:
        self._window = window
        self._note_crash = note_crash
        self._is_showing = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take the place of `sys.excepthook`. Shown from the event loop: a fault may come while painting."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        self.log(error.with_traceback(trace))
        if not self._is_showing:
            self._is_showing = True
            QTimer.singleShot(0, self._window, lambda: self._show(error.with_traceback(trace)))

    @staticmethod
    def log(error: BaseException | None) -> None:
        """Write the fault's type and places into the log."""
        from hsb_desktop.ui.crash_log import log_fault
        from hsb_desktop.ui.dialogs.crash_dialog import technical_details

        if error is not None:
            log_fault(technical_details(error))

    def _show(self, error: BaseException) -> None:
        from hsb_desktop.ui.dialogs.crash_dialog import CrashDialog

        try:
            go_on = CrashDialog.ask_to_continue(error, self._window)
        finally:
            self._is_showing = False
        if not go_on:
            self._note_crash()
            self._window.close()


def _window(settings: Settings) -> MainWindow:
    application = QApplication.instance()
    assert isinstance(application, QApplication), "a window needs a QApplication"
    key = id(application)
    if key not in _appearances:
        RubbishCollector(application)
        _appearances[key] = Appearance(application, settings.theme, settings.zoom)
    window = MainWindow(_appearances[key], settings)
    window.settings_changed.connect(save_settings)
    return window


def _keep_words_private() -> None:
    """See that no word of an audit stays where this program did not put it on purpose."""
    from hsb_desktop.process import keep_memory_private, use_private_temporary_folder
    from hsb_desktop.ui.crash_log import log_hard_crashes

    keep_memory_private()
    use_private_temporary_folder()
    log_hard_crashes()


def _commit(window: MainWindow) -> None:
    if window.page is not None:
        window.page.session.settle()


def _close_on_signals(application: QApplication, window: MainWindow) -> None:
    """Commit and close on log-off. Qt's event loop runs no Python handler, so a socket wakes it."""
    if sys.platform == "win32":
        return
    import signal
    import socket

    from PySide6.QtCore import QSocketNotifier

    receiver, sender = socket.socketpair()
    for end in (receiver, sender):
        end.setblocking(False)
    signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)

    def note_signal(_number: int, _frame: FrameType | None) -> None:
        """The byte in the socket is the message; Python only asks for some handler."""

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, note_signal)
    notifier = QSocketNotifier(receiver.fileno(), QSocketNotifier.Type.Read, application)

    def on_signal() -> None:
        receiver.recv(64)
        _commit(window)
        if window.page is not None:
            window.page.session.close()
        # Not `quit`, which would close the window, and that may ask something that nobody can answer now.
        application.exit()

    notifier.activated.connect(on_signal)
    # Python must hold both ends for as long as the application lives.
    application.setProperty("signal_sockets", [receiver.fileno(), sender.fileno()])
    _held_sockets.extend((receiver, sender))


_held_sockets: list[socket.socket] = []


def _do_without_display(folder: str) -> int:
    from hsb_desktop.ui.without_display import make_sample_outputs

    application = WorkshopApplication(sys.argv[:1])
    try:
        window = _window(Settings())
        for path in make_sample_outputs(application, window, Path(folder)):
            sys.stdout.write(f"{path}\n")
    except (HsbError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    import argparse

    parser = argparse.ArgumentParser(
        prog="hsb-desktop",
        description="Offline multi-agency audits on the harmful sexual behaviour framework.",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="an audit (.hsbaudit) to open")
    parser.add_argument("--sample", action="store_true", help="open the sample audit")
    parser.add_argument(
        "--without-display",
        metavar="FOLDER",
        help="with --sample: write the sample audit, its report and a picture of the window there",
    )
    parser.add_argument("--version", action="version", version=__version__)
    wanted = parser.parse_args(arguments)
    if wanted.without_display and not wanted.sample:
        parser.error("--without-display goes with --sample")
    return wanted


if __name__ == "__main__":
    sys.exit(main())

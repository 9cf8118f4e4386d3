"""Edits an audit in the real window, offscreen: clicks, typed texts, and what the header says of them."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Generator, Iterator
from itertools import islice

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from hsb_desktop import app
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.text_box import TextBox
from tests.faults.children.protocol import Wanted, say, wanted
from tests.faults.story import Step, steps

_BEAT_MILLISECONDS = 5


class Person(QObject):
    """Somebody at the window: does a little at every beat, so that the event loop runs as it always does."""

    def __init__(self, options: Wanted, parent: QObject) -> None:
        super().__init__(parent)
        self._options = options
        self._acts = self._work()
        self._slowest = 0.0
        self._last_beat = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self._slowest = max(self._slowest, now - self._last_beat)
        self._last_beat = now
        try:
            next(self._acts, None)
        except BaseException as error:
            # A fault of the trial itself: there is nobody to answer the dialog.
            sys.__excepthook__(type(error), error, error.__traceback__)
            os._exit(4)

    def _work(self) -> Iterator[None]:
        while not (self._has_page and self._window.page.is_built):  # type: ignore[union-attr]  # is there
            yield
        say("ready")
        yield from self._hear()
        self._slowest = 0.0
        story = steps(self._options.seed, self._options.longest)
        for step in islice(story, self._options.steps):
            self._enter(step)
            if self._options.careless:
                say(f"saved {step.number}")
            yield
            if self._options.careless:
                continue
            yield from self._until_told()
            while self._state == "⚠ Not saved":
                kept = "kept" if self._shows(step) and self._banner_shows else "gone"
                say(f"not-saved {step.number} {kept} {self._reason}")
                if (yield from self._hear()) == "stop":
                    os._exit(0)
                self._press("retry_button")
                yield from self._until_told()
            if not self._shows(step):
                say(f"not-saved {step.number} gone from the screen")
            say(f"saved {step.number}")
        say(f"slowest {self._slowest * 1000:.0f}")
        if self._options.careless:
            time.sleep(0.3)  # for the disk; the window would ask what to do about what is not saved
            os._exit(0)
        if self._options.pending:
            step = next(story)
            self._type(step)
            say(f"typed {step.number}")
            yield from self._hear()
        self._window.close()
        say("done")

    @property
    def _window(self) -> MainWindow:
        application = app.WorkshopApplication.instance()
        assert isinstance(application, app.WorkshopApplication)
        assert application.window is not None
        return application.window

    @property
    def _has_page(self) -> bool:
        application = app.WorkshopApplication.instance()
        return (
            isinstance(application, app.WorkshopApplication)
            and application.window is not None
            and application.window.page is not None
        )

    def _hear(self) -> Generator[None, None, str]:
        """Wait for a line without holding up the window; the answer is the line."""
        while not select.select([0], [], [], 0)[0]:
            yield
        heard = os.read(0, 100).decode().strip()
        if not heard:
            os._exit(3)
        return heard

    # What a person does -----------------------------------------------------------------------------------

    def _card(self, step: Step) -> StatementCard:
        page = self._window.page
        assert page is not None
        card = page.findChild(StatementCard, f"statement_card_{step.statement_id}")
        assert isinstance(card, StatementCard)
        return card

    def _box(self, step: Step) -> TextBox:
        box = self._card(step).findChild(TextBox, f"{step.field}_edit")
        assert isinstance(box, TextBox)
        return box

    def _enter(self, step: Step) -> None:
        page = self._window.page
        assert page is not None
        page.show_statement(step.statement_id)
        if step.field == "score":
            button = self._card(step).findChild(QPushButton, f"score_{step.after}")
            assert isinstance(button, QPushButton)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            return
        self._type(step)
        if not self._options.careless:
            box = self._box(step)
            # Leaving the box commits what was typed.
            page.show_statement(step.statement_id)
            if box.hasFocus():
                box.clearFocus()

    def _type(self, step: Step) -> None:
        """Replace what is in a box in one piece, as a paste or an input method does."""
        box = self._box(step)
        box.setFocus()
        box.selectAll()
        box.insertPlainText(str(step.after))

    def _press(self, name: str) -> None:
        button = self._window.findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    # What a person sees -----------------------------------------------------------------------------------

    def _until_told(self) -> Iterator[None]:
        while self._state == "Saving…":
            yield

    @property
    def _state(self) -> str:
        return self._label("save_state")

    @property
    def _reason(self) -> str:
        return self._label("not_saved_reason").replace("\n", " ")

    def _label(self, name: str) -> str:
        label = self._window.findChild(QLabel, name)
        return label.text() if isinstance(label, QLabel) else ""

    @property
    def _banner_shows(self) -> bool:
        banner = self._window.findChild(QWidget, "not_saved_banner")
        return isinstance(banner, QWidget) and banner.isVisible()

    def _shows(self, step: Step) -> bool:
        if step.field == "score":
            return self._card(step).score_selector.score == step.after
        return self._box(step).text == step.after


def main() -> int:
    options = wanted()

    class Application(app.WorkshopApplication):
        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            self.person = Person(options, self)

    app.WorkshopApplication = Application  # type: ignore[assignment, misc]  # the window's own start, with somebody at it
    return app.main([str(options.path)])


if __name__ == "__main__":
    sys.exit(main())

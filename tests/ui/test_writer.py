from __future__ import annotations

from pytestqt.qtbot import QtBot

from hsb_desktop.errors import NotSaved
from hsb_desktop.ui.writer import Writer


def test_nobody_waits_for_work_that_comes_after_the_end(qtbot: QtBot) -> None:
    writer = Writer()
    with qtbot.waitSignal(writer.job_finished):
        writer.submit(lambda: None)
    assert writer.finish(5)
    job = writer.submit(lambda: None)
    assert job.done.wait(1)
    assert isinstance(job.error, NotSaved)

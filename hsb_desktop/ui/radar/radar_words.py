"""What a radar says in words: under the mouse, at the keyboard's focus, in a tooltip, to a screen reader."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject

from hsb_desktop.ui.radar.radar_series import RadarAxis, RadarSeries, ScoredCount

FEW = 4
"""With more series than this, a line of words says the lowest and the highest instead of each."""
_LONGEST_COLUMN = 20
"""Series below one another in a tooltip, so that it fits a small screen."""


class RadarWords(QObject):
    """Words for the axes and series that it is given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.axes: tuple[RadarAxis, ...] = ()
        self.series: tuple[RadarSeries, ...] = ()
        self._said: dict[tuple[bool, str, ScoredCount | None], str] = {}

    def name(self) -> str:
        """Return what the radar as a whole is called."""
        names = ", ".join(series.name for series in self.series if series.name)
        return self.tr("Radar: {series}").format(series=names) if names else self.tr("Radar")

    def description(self) -> str:
        """Return every value of every series."""
        told = ". ".join(self.describe(axis.axis_id) for axis in self.axes)
        return self.tr("Scale from 0 to 4. {values}.").format(values=told)

    def describe(self, axis_id: str) -> str:
        """Return in one line what all series say on an axis."""
        told = [self._words(series, axis_id) for series in self.series]
        if len(told) > 1:
            told = [f"{series.name} {words}" for series, words in zip(self.series, told, strict=True)]
        return f"{self._axis(axis_id).label}: {'; '.join(told)}"

    def readout(self, axis_id: str, front: int | None) -> str:
        """Return the same in few words: of many series the one in front, the lowest and the highest."""
        series = self.series
        if len(series) < 2:
            return self.describe(axis_id)
        if len(series) <= FEW:
            told = [f"{each.name} {each.number(axis_id)}" for each in series]
        else:
            told = [f"{series[front].name} {series[front].number(axis_id)}"] if front is not None else []
            told += self._range(axis_id)
        return f"{self._axis(axis_id).label}: {', '.join(told)}"

    def front(self, index: int | None) -> str:
        """Return which series is in front, with its values."""
        if index is None:
            return self.tr("All series alike.")
        values = (f"{axis.label} {self._words(self.series[index], axis.axis_id)}" for axis in self.axes)
        return self.tr("{series} in front. {values}.").format(
            series=self.series[index].name, values=". ".join(values)
        )

    def tooltip(self, axis_id: str) -> str:
        """Return an axis's values and full name as rich text; words of the file are escaped."""
        axis = self._axis(axis_id)
        if len(self.series) < 2:
            return f"<p><b>{escape(self.describe(axis_id))}</b><br>{escape(axis.name)}</p>"
        cells = [
            f"<td>{escape(series.name)}&nbsp;</td><td>{escape(self._words(series, axis_id))}</td>"
            for series in self.series
        ]
        height = -(-len(cells) // -(-len(cells) // _LONGEST_COLUMN))
        rows = ("<td>&nbsp;&nbsp;</td>".join(cells[row::height]) for row in range(height))
        table = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<p><b>{escape(axis.label)}</b><br>{escape(axis.name)}</p><table>{table}</table>"

    def _axis(self, axis_id: str) -> RadarAxis:
        return next((a for a in self.axes if a.axis_id == axis_id), RadarAxis(axis_id, axis_id, ""))

    def _range(self, axis_id: str) -> list[str]:
        """Return the lowest and the highest of many, with a name where only one has it."""
        scored = [each for each in self.series if each.values.get(axis_id) is not None]
        if not scored:
            return [self.tr("nothing scored in {count} series").format(count=len(self.series))]

        def value(series: RadarSeries) -> float:
            return series.values.get(axis_id) or 0.0

        told = []
        ends = (self.tr("lowest"), min(scored, key=value)), (self.tr("highest"), max(scored, key=value))
        for words, end in ends:
            alike = [each for each in scored if value(each) == value(end)]
            whose = end.name if len(alike) == 1 else self.tr("{count} series").format(count=len(alike))
            told.append(f"{words} {end.number(axis_id)} ({whose})")
        missing = len(self.series) - len(scored)
        return [*told, self.tr("{count} not scored").format(count=missing)] if missing else told

    def _words(self, series: RadarSeries, axis_id: str) -> str:
        value, count = series.values.get(axis_id), series.counts.get(axis_id)
        # Forty series say the same few things: each is put into words once.
        said = value is None, series.number(axis_id), count
        if said not in self._said:
            self._said[said] = self._put_in_words(*said)
        return self._said[said]

    def _put_in_words(self, is_missing: bool, number: str, count: ScoredCount | None) -> str:
        if is_missing:
            return self.tr("nothing scored") if count else self.tr("not scored")
        words = self.tr("{value} of 4").format(value=number)
        if count is None:
            return words
        return self.tr("{value} · {scored} of {statements} scored").format(
            value=words, scored=count.scored, statements=count.statements
        )

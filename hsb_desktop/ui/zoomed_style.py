"""Fusion whose check marks, icons and scroll bars grow with the zoom as its text does."""

from __future__ import annotations

from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

_SCALED_METRICS = frozenset(
    {
        QStyle.PixelMetric.PM_ExclusiveIndicatorWidth,
        QStyle.PixelMetric.PM_ExclusiveIndicatorHeight,
        QStyle.PixelMetric.PM_IndicatorWidth,
        QStyle.PixelMetric.PM_IndicatorHeight,
        QStyle.PixelMetric.PM_SmallIconSize,
        QStyle.PixelMetric.PM_ButtonIconSize,
        QStyle.PixelMetric.PM_ScrollBarExtent,
    }
)


class ZoomedStyle(QProxyStyle):
    """The application's style from the first size other than 100 % on."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self.zoom = 1.0

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        size = super().pixelMetric(metric, option, widget)
        return round(size * self.zoom) if metric in _SCALED_METRICS else size

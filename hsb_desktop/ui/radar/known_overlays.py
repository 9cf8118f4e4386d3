"""The series of a radar as they were reckoned last, for as long as nobody answers anything else in them."""

from __future__ import annotations

from collections.abc import Sequence

from hsb_desktop.analysis.overlays import Overlay, SeriesKey, overlay, without_unnamed
from hsb_desktop.model import Audit


class KnownOverlays:
    """Reckons a series anew only where an answer in it, a name, or what may be named has changed.

    To look for what has changed among answers takes a tenth of reckoning forty series from them.
    """

    def __init__(self) -> None:
        self._seen: Audit | None = None
        self._domain_id = ""
        self._known: dict[SeriesKey, Overlay] = {}

    def of(
        self, audit: Audit, keys: Sequence[SeriesKey], unnamed: frozenset[tuple[str, str]], domain_id: str
    ) -> tuple[Overlay, ...]:
        """Return these series, without agencies' answers to the statements of waves in `unnamed`.

        Without a domain's number they have the domains' means, else the scores of its statements.
        """
        seen = without_unnamed(audit, unnamed)
        if self._seen is None or domain_id != self._domain_id or not _is_named_alike(seen, self._seen):
            self._known = {}
        else:
            for key in _answered_otherwise(seen, self._seen):
                self._known.pop(key, None)
        self._seen, self._domain_id = seen, domain_id
        self._known.update((key, overlay(seen, key, domain_id)) for key in keys if key not in self._known)
        return tuple(self._known[key] for key in keys)


def _is_named_alike(audit: Audit, before: Audit) -> bool:
    return (audit.instrument, audit.waves, audit.agencies) == (
        before.instrument,
        before.waves,
        before.agencies,
    )


def _answered_otherwise(audit: Audit, before: Audit) -> set[SeriesKey]:
    """Return in which series there is an answer that was not there, or was there and is not."""
    if audit.responses is before.responses:
        return set()
    now, then = audit.responses, before.responses
    # An answer that nobody touched is the same object: it need not be compared.
    changed = {key for key, response in now.items() if then.get(key) is not response}
    changed.update(then.keys() - now.keys())
    return {SeriesKey(key.wave_id, key.party_id) for key in changed}

"""Which agencies take part in a wave, and so have a say in it."""

from __future__ import annotations

from hsb_desktop.model import Agency, Audit


def taking_part(audit: Audit, wave_id: str) -> tuple[Agency, ...]:
    """Return the agencies that take part in a wave: all of them where no attendance is noted.

    They alone have a say in it: what another agency answered stays in the audit, and in no calculation.
    """
    return audit.agencies_in(wave_id) or audit.agencies

"""Values whose origin is not known: no copy of the audit may take them for newer than its own."""

from __future__ import annotations

from collections.abc import Iterable

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import ValueAddress


def forget_parents(file: AuditFile, addresses: Iterable[ValueAddress]) -> None:
    """Let the present values at these addresses stand for themselves, going back to nothing.

    A merge with a copy that holds another value then asks which of them holds. Raises NotSaved.
    """
    with file.transaction() as connection:
        connection.executemany(
            "UPDATE revision SET parent_id = NULL, other_parent_id = NULL WHERE revision_id ="
            " (SELECT revision_id FROM value_state WHERE address = ?)",
            [(str(address),) for address in addresses],
        )

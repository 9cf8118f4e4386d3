"""Which values out of a damaged file are as they were saved: those whose digest stands in the file.

The digest of each value covers its address, so a value that agrees with a digest is beyond doubt, wherever
it was found: in its row, in history, under a key that was hit. Where a value is gone but its digest is there,
what the value can have been is tried; and a text with one bit wrong is put right again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from hsb_desktop.model import AuditKind
from hsb_desktop.store.digest import DIGEST_MODULUS, EMPTY_DIGEST
from hsb_desktop.store.found_rows import Findings, PastValue, Reading, address_or_none, digest_or_none
from hsb_desktop.store.value_rules import can_hold, keepable_part
from hsb_desktop.values import (
    NO_VIEW,
    OPEN,
    PARTNERSHIP,
    REVEALED,
    SCORES,
    FieldKind,
    Subject,
    Value,
    ValueAddress,
)

_CLOSE_BITS = 8
"""Two digests that differ by so little were the same: chance has no part in it."""
_MENDING_BYTES = 200_000_000
"""How much is hashed, at the most, to put texts right: less than a second's worth."""
_MOST_TRIALS = 300_000
_FIRST_DAY, _DAYS = date(2000, 1, 1), 15_000
_FEW_POSSIBLE: Mapping[FieldKind, Sequence[Value]] = MappingProxyType(
    {
        FieldKind.SCORE: SCORES,
        FieldKind.ANSWER: (*SCORES, NO_VIEW),
        FieldKind.FLAG: (1,),
        FieldKind.POSITION: range(1, 1_000),
        FieldKind.AUDIT_KIND: tuple(str(kind) for kind in AuditKind),
        FieldKind.ROUND_STATE: (OPEN, REVEALED),
    }
)
_NONE: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Proof:
    """The values that a damaged file gives back."""

    values: dict[ValueAddress, Value]
    doubtful: frozenset[ValueAddress]
    """Those of them that may not be what was saved."""
    lost: tuple[ValueAddress, ...]
    """Where something was entered that cannot be read."""
    is_whole: bool
    """Whether these are, to the last one, the values that the file was sealed over."""
    lists_all: bool
    """Whether nothing is missing that is not among the lost: the file's own list was read whole."""

    @property
    def sound(self) -> int:
        """How many values are certainly as they were saved."""
        return len(self.values) - len(self.doubtful)


def prove(findings: Findings, statement_ids: Collection[str], domain_ids: Collection[str]) -> Proof:
    """Return what of these findings holds, for an edition with these statements and domains."""
    return _Judgement(findings, statement_ids, domain_ids).outcome()


class _Judgement:
    def __init__(
        self, findings: Findings, statement_ids: Collection[str], domain_ids: Collection[str]
    ) -> None:
        self._findings = findings
        self._statement_ids, self._domain_ids = frozenset(statement_ids), frozenset(domain_ids)
        known = {address for address, _ in findings.states}
        strays = {(address, digest) for address, digest in findings.stray_states if address not in known}
        states = findings.states | {state for state in strays if state[1] != EMPTY_DIGEST}
        self._digests = {digest for _, digest in states} - {EMPTY_DIGEST}
        self._states: dict[ValueAddress, set[bytes]] = {}
        for text, digest in sorted(states):
            if address := address_or_none(text):
                self._states.setdefault(address, set()).add(digest)
        self._sound: dict[ValueAddress, Value] = {}
        self._used: set[bytes] = set()
        self._contradicted: set[ValueAddress] = set()
        self._candidates: dict[ValueAddress, list[Value]] = {}
        self._guesses: list[tuple[ValueAddress, Value]] = []
        self._past: dict[ValueAddress, list[PastValue]] = {}
        for past in sorted(findings.past, key=lambda past: past.number, reverse=True):
            self._past.setdefault(past.address, []).append(past)
        self._knows_all = self._is_seal(sum(map(int.from_bytes, self._digests)))
        """Whether every digest was found, so that nothing else was entered."""
        self._bytes_left, self._trials_left = _MENDING_BYTES, _MOST_TRIALS

    def outcome(self) -> Proof:
        self._prove_rows()
        self._prove_past()
        for step in (self._by_close_digest, self._by_trial, self._by_mending, self._by_other_place):
            self._trials_left = _MOST_TRIALS
            for address, digest in self._wanted():
                step(address, digest)
        doubtful = self._doubtful()
        sound = {address: value for address, value in self._sound.items() if self._belongs(address)}
        unsure = doubtful.keys() | (self._contradicted & sound.keys())
        values = {**doubtful, **sound}
        strays = (
            address
            for address in self._candidates
            if not self._knows_all and not self._belongs(address) and can_hold(address, None)
        )
        lost = {*(address for address, _ in self._wanted()), *(self._sound.keys() - sound.keys()), *strays}
        if self._is_sealed(values):
            return Proof(values, frozenset(), (), True, True)
        gone = tuple(sorted(lost - values.keys(), key=str))
        return Proof(values, frozenset(unsure), gone, False, self._knows_all)

    # What is beyond doubt -------------------------------------------------------------------------------

    def _prove_rows(self) -> None:
        unproven: list[tuple[Reading, ...]] = []
        for readings in self._findings.readings:
            # All values of a row are looked at: the check of one may have been hit.
            held = [reading for reading in readings if sum(self._prove(*pair) for pair in reading.values)]
            if held:
                self._keep_candidates(held[0])
            else:
                unproven.append(readings)
        # Which of two readings is likelier is told by what was proven before.
        waves, agencies = self._referred_to()
        for readings in unproven:
            for reading in readings:
                if reading.is_guess:
                    self._guesses += reading.values
            likely = [r for r in readings if not r.is_guess and self._is_likely(r, waves, agencies)]
            if likely:
                self._keep_candidates(likely[0])

    def _prove_past(self) -> None:
        for address, visits in self._past.items():
            for visit in visits:
                for value in (visit.after, visit.before):
                    if value is not None and address not in self._sound:
                        self._prove(address, value)

    def _prove(self, address: ValueAddress, value: Value) -> bool:
        digest = digest_or_none(str(address), value)
        if digest is None or digest not in self._digests or not can_hold(address, value):
            return False
        self._take(address, value, digest)
        return True

    def _take(self, address: ValueAddress, value: Value, digest: bytes) -> None:
        self._used.add(digest)
        known = self._sound.setdefault(address, value)
        if known != value:
            # Two rows of one value: both were saved, at different times.
            self._contradicted.add(address)

    def _keep_candidates(self, reading: Reading) -> None:
        for address, value in reading.values:
            if address not in self._sound:
                there = self._candidates.setdefault(address, [])
                if value not in there:
                    there.append(value)

    # What a digest tells of what is gone ----------------------------------------------------------------

    def _wanted(self) -> list[tuple[ValueAddress, bytes]]:
        """Return the values that were entered but not found yet, with their digests."""
        return [
            (address, digest)
            for address, digests in self._states.items()
            if address not in self._sound
            for digest in digests
            if digest != EMPTY_DIGEST and digest not in self._used
        ]

    def _by_close_digest(self, address: ValueAddress, wanted: bytes) -> None:
        for value in self._candidates.get(address, ()):
            digest = digest_or_none(str(address), value)
            if digest and can_hold(address, value) and _bits_apart(digest, wanted) <= _CLOSE_BITS:
                self._take(address, value, wanted)

    def _by_trial(self, address: ValueAddress, wanted: bytes) -> None:
        for value in self._possible(address):
            self._trials_left -= 1
            if self._trials_left < 0:
                return
            if digest_or_none(str(address), value) == wanted:
                self._take(address, value, wanted)
                return

    def _by_mending(self, address: ValueAddress, wanted: bytes) -> None:
        past = (value for visit in self._past.get(address, ()) for value in (visit.after, visit.before))
        for value in dict.fromkeys((*self._candidates.get(address, ()), *past)):
            if isinstance(value, str) and (mended := self._mended(address, value, wanted)) is not None:
                self._take(address, mended, wanted)
                return

    def _by_other_place(self, address: ValueAddress, wanted: bytes) -> None:
        """Look for the value under another key: it was the key that was hit."""
        for value in self._misplaced(address):
            self._trials_left -= 1
            if self._trials_left < 0:
                return
            if digest_or_none(str(address), value) == wanted:
                self._take(address, value, wanted)
                return

    def _misplaced(self, address: ValueAddress) -> Iterator[Value]:
        found = ((other, value) for other, values in self._candidates.items() for value in values)
        for other, value in (*found, *self._guesses):
            if other.subject is address.subject and other.field == address.field:
                yield value

    def _possible(self, address: ValueAddress) -> Iterable[Value]:
        match address.kind:
            case FieldKind.DATE:
                return ((_FIRST_DAY + timedelta(days)).isoformat() for days in range(_DAYS))
            case FieldKind.REFERENCE if address.field == "domain_id":
                return self._domain_ids
            case FieldKind.REFERENCE if address.field == "party_id":
                return (PARTNERSHIP, *self._referred_to()[1])
            case FieldKind.REFERENCE if address.field == "wave_id":
                return self._referred_to()[0]
            case FieldKind.ADDRESS:
                return map(str, self._states)
            case kind:
                return _FEW_POSSIBLE.get(kind, ())

    def _mended(self, address: ValueAddress, value: str, wanted: bytes) -> str | None:
        """Return the text that has this digest, if the one that was found has one bit wrong."""
        raw = value.encode("utf-8", "surrogateescape")
        cost = 4 * len(raw) ** 2
        if cost > self._bytes_left:
            return None
        self._bytes_left -= cost
        head = hashlib.sha256(b"\0".join((str(address).encode(), b"t", b"")))
        view = memoryview(raw)
        for place, byte in enumerate(raw):
            for bit in range(8):
                other = head.copy()
                right = bytes((byte ^ 1 << bit,))
                other.update(right)
                other.update(view[place + 1 :])
                if other.digest() == wanted:
                    return (raw[:place] + right + raw[place + 1 :]).decode("utf-8", "replace")
            head.update(view[place : place + 1])
        return None

    # What stays in doubt --------------------------------------------------------------------------------

    def _doubtful(self) -> dict[ValueAddress, Value]:
        """Return the values that can be read but not proven, each as far as a file can keep it."""
        last = {
            address: next((visit.after for visit in visits if visit.is_as_saved), None)
            for address, visits in self._past.items()
        }
        doubtful: dict[ValueAddress, Value] = {}
        for address in {**self._candidates, **last}:
            if address in self._sound or not self._belongs(address) or self._was_empty(address):
                continue
            for value in (*self._candidates.get(address, ()), last.get(address)):
                kept = keepable_part(value) if isinstance(value, str) else value
                if kept is not None and can_hold(address, kept):
                    doubtful[address] = kept
                    break
        return doubtful

    def _was_empty(self, address: ValueAddress) -> bool:
        return self._states.get(address, _NONE if self._knows_all else None) in (_NONE, {EMPTY_DIGEST})

    def _belongs(self, address: ValueAddress) -> bool:
        match address.subject:
            case Subject.RESPONSE:
                return address.key[2] in self._statement_ids
            case Subject.READING:
                return address.key[0] in self._statement_ids
            case Subject.ROUND | Subject.VOTE | Subject.AGREEMENT:
                return address.key[1] in self._statement_ids
            case Subject.DOMAIN_NOTE:
                return address.key[1] in self._domain_ids
            case _:
                return True

    def _referred_to(self) -> tuple[set[str], set[str]]:
        """Return the ids of waves and of agencies that other values speak of."""
        waves: set[str] = set()
        agencies: set[str] = set()
        for address in {**self._states, **self._sound}:
            match address.subject:
                case Subject.RESPONSE | Subject.ATTENDANCE | Subject.SERIES:
                    waves.add(address.key[0])
                    agencies.add(address.key[1])
                case Subject.WAVE | Subject.DOMAIN_NOTE | Subject.ROUND | Subject.AGREEMENT:
                    waves.add(address.key[0])
                case Subject.VOTE:
                    waves.add(address.key[0])
                    agencies.add(address.key[3])
                case Subject.AGENCY:
                    agencies.add(address.key[0])
                case _:
                    pass
        return waves, agencies

    def _is_likely(self, reading: Reading, waves: set[str], agencies: set[str]) -> bool:
        if not reading.values or reading.is_of_table:
            return bool(reading.values)
        address = reading.values[0][0]
        match address.subject:
            case Subject.WAVE:
                return address.key[0] in waves or address.key[0] not in agencies
            case Subject.AGENCY:
                return address.key[0] in agencies or address.key[0] not in waves
            case Subject.ATTENDANCE | Subject.SERIES:
                return address.key[0] in waves and address.key[1] in agencies
            case Subject.SITTING | Subject.PACK:
                return reading.values[0][1] in waves
            case _:
                return True

    def _is_sealed(self, values: dict[ValueAddress, Value]) -> bool:
        digests = (digest_or_none(str(address), value) or b"" for address, value in values.items())
        return self._is_seal(sum(map(int.from_bytes, digests)))

    def _is_seal(self, total: int) -> bool:
        return any(int.from_bytes(digest) == total % DIGEST_MODULUS for digest, _ in self._findings.seals)


def _bits_apart(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()

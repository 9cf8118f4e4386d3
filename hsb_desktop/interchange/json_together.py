"""Reads what agencies do together out of an audit's JSON document: rounds, agreements, conflicts, packs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hsb_desktop.interchange.json_values import ValuesReader
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Agreement, Answer, Conflict, Pack
from hsb_desktop.values import (
    KEY_NAMES,
    NO_VIEW,
    OPEN,
    PARTNERSHIP,
    REVEALED,
    ROUND_NUMBERS,
    SCORES,
    AgreementKey,
    RoundKey,
    Subject,
    Value,
    ValueAddress,
    VoteKey,
)

_IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NO_AGREEMENT = Agreement()


class TogetherReader(ValuesReader):
    """Reads these parts; agencies and waves were read before, so that their ids are known."""

    def _rounds(self, data: Mapping[str, Any]) -> tuple[dict[RoundKey, str], dict[VoteKey, Answer]]:
        rounds: dict[RoundKey, str] = {}
        votes: dict[VoteKey, Answer] = {}
        still_open = 0
        for place, row in self._rows(data, "rounds", "rounds"):
            key = RoundKey(self._wave(row, place), self._statement(row, place), self._number(row, place))
            if key in rounds:
                self._refuse(place, "is the same round as one before it")
            rounds[key] = state = self._text(row, "state", place)
            if state == REVEALED:
                self._read_votes(row, key, votes, place)
            elif state == OPEN:
                still_open += 1
            else:
                self._refuse(f"{place}.state", f"must be one of: {OPEN}, {REVEALED}")
        if still_open:
            rounds_were = "1 open round was" if still_open == 1 else f"{still_open} open rounds were"
            self.left_out.append(
                f"{rounds_were} left out: what is answered in a round that nobody revealed yet is in no "
                "document. Score these statements anew."
            )
        return {key: state for key, state in rounds.items() if state != OPEN}, votes

    def _read_votes(
        self, row: Mapping[str, Any], key: RoundKey, votes: dict[VoteKey, Answer], place: str
    ) -> None:
        for vote_place, vote in self._rows(row, "votes", f"{place}.votes"):
            agency_id = self._known_id(vote.get("agency"), "agency", f"{vote_place}.agency")
            score = self._score(vote, "score", vote_place)
            no_view = self._flag(vote, "no_view", vote_place)
            if no_view == (score is not None):
                self._refuse(vote_place, "must have a score or no view, one of the two")
            if (vote_key := VoteKey(*key, agency_id)) in votes:
                self._refuse(vote_place, "is of the same agency as one before it")
            votes[vote_key] = NO_VIEW if score is None else score

    def _number(self, row: Mapping[str, Any], place: str) -> str:
        number = row.get("number")
        if type(number) is not int or str(number) not in ROUND_NUMBERS:
            self._refuse(f"{place}.number", "must be a whole number from 1 to 9")
        return str(number)

    def _agreements(self, data: Mapping[str, Any]) -> dict[AgreementKey, Agreement]:
        agreements: dict[AgreementKey, Agreement] = {}
        for place, row in self._rows(data, "agreements", "agreements"):
            key = AgreementKey(self._wave(row, place), self._statement(row, place))
            if key in agreements:
                self._refuse(place, "is about the same statement and wave as one before it")
            agreements[key] = Agreement(
                reason=self._text(row, "reason", place),
                agreed_by=self._text(row, "agreed_by", place),
                what_would_help=self._text(row, "what_would_help", place),
                dissent=self._text(row, "dissent", place),
            )
        return {key: agreement for key, agreement in agreements.items() if agreement != _NO_AGREEMENT}

    def _conflicts(self, data: Mapping[str, Any]) -> tuple[Conflict, ...]:
        conflicts: dict[str, Conflict] = {}
        for place, row in self._rows(data, "conflicts", "conflicts"):
            conflict_id = self._identifier(row, "id", place)
            if conflict_id in {"", PARTNERSHIP, *conflicts}:
                self._refuse(f"{place}.id", "must be there, and once")
            conflicts[conflict_id] = Conflict(
                conflict_id,
                address=self._address(row, place),
                first_revision_id=self._identifier(row, "first_revision", place),
                first_value=self._any_value(row, "first_value", place),
                second_revision_id=self._identifier(row, "second_revision", place),
                second_value=self._any_value(row, "second_value", place),
            )
        return tuple(sorted(conflicts.values(), key=lambda each: (each.address, each.conflict_id)))

    def _address(self, row: Mapping[str, Any], place: str) -> str:
        """Return the address of a value with the ids that waves and agencies have from now on."""
        written = self._text(row, "address", place)
        try:
            address = ValueAddress.parse(written)
            if address.subject is Subject.CONFLICT or not all(map(_IDENTIFIER.fullmatch, address.key)):
                raise ValueError(written)
        except (ValueError, KeyError):
            self._refuse(f"{place}.address", f'"{shown(written)}" is no address of a value')
            return ""
        key = zip(KEY_NAMES[address.subject], address.key, strict=True)
        return str(address._replace(key=tuple(self._id_from_now_on(name, part) for name, part in key)))

    def _id_from_now_on(self, name: str, part: str) -> str:
        # What was taken away since keeps the id that it had.
        what = "wave" if name == "wave_id" else "agency"
        is_renamed = name in {"wave_id", "party_id", "agency_id"} and part != PARTNERSHIP
        return self._ids.get((what, part), part) if is_renamed else part

    def _any_value(self, row: Mapping[str, Any], field: str, place: str) -> Value:
        value = row.get(field)
        if isinstance(value, int):
            if isinstance(value, bool) or value not in SCORES:
                self._refuse(f"{place}.{field}", "must be a text, a score from 0 to 4, or null")
            return value
        return self._text(row, field, place) or None

    def _identifier(self, row: Mapping[str, Any], field: str, place: str) -> str:
        text = self._text(row, field, place)
        if text and not _IDENTIFIER.fullmatch(text):
            self._refuse(f"{place}.{field}", "must be 1 to 64 letters, figures, full stops, hyphens")
        return text

    def _packs(self, data: Mapping[str, Any]) -> tuple[Pack, ...]:
        row = data.get("pack")
        if row is None:
            return ()
        if not isinstance(row, dict):
            self._refuse("pack", "must be an object or null")
            return ()
        self._note_unknown("pack", row)
        pack = Pack(
            pack_id=self._new_id(row, "pack", "pack"),
            wave_id=self._wave(row, "pack") if row.get("wave") is not None else "",
            party_id=self._party(row, "pack"),
            domain_id=self._domain(row, "pack") if row.get("domain") is not None else "",
        )
        return (pack,)

    def _series(self, data: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
        return frozenset(
            (self._wave(row, place), self._party(row, place))
            for place, row in self._rows(data, "series", "series")
        )

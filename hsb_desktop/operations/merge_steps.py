"""One merge on its way to a plan: copy after copy is compared with what the audit holds by then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from hsb_desktop.analysis.merging import (
    Choice,
    Decision,
    Outcome,
    Side,
    ancestors,
    brought_back,
    decide,
)
from hsb_desktop.analysis.rounds import open_rounds
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit, Conflict
from hsb_desktop.operations.merge_copy import Copy, address_in, named
from hsb_desktop.operations.merge_notices import (
    notices_on_copy,
    notices_on_same_names,
    of_agreed_in_pack,
    of_brought_back,
    of_lock_in_open_round,
    of_no_longer_taking_part,
    of_open_rounds,
    of_protected,
)
from hsb_desktop.operations.merge_places import Places
from hsb_desktop.operations.merge_plan import MergeEntry, MergePlan, SourceCount
from hsb_desktop.operations.merge_scope import NEVER_MERGED, Scope, is_agreed, needed_by, round_of
from hsb_desktop.operations.merge_votes import ChosenAnswers, answer_of
from hsb_desktop.store.ancestry import authors_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.merge_writing import MergedValue
from hsb_desktop.values import (
    FIELDS,
    OPEN,
    REVEALED,
    Change,
    ChangeSet,
    RoundKey,
    Subject,
    Value,
    ValueAddress,
    new_id,
)

_COUNTED = {
    Outcome.TAKEN: "taken",
    Outcome.JOINED: "joined",
    Outcome.OLDER: "older",
    Outcome.CONFLICT: "conflicts",
    Outcome.CLEARED: "cleared",
}
_LISTED = ("taken", "conflicts", "cleared", "left_out")
_GONE = "What it belongs to is not there any more."
_SCORING = "Scoring is still open in this wave."
_NO_NEWS = (Outcome.SAME, Outcome.OLDER)
_CONFLICT_FIELDS = tuple(field.name for field in fields(Conflict) if field.name != "conflict_id")


class Merge:
    """What an audit would be after the copies that were taken so far."""

    def __init__(
        self, target: AuditFile, audit: Audit, on_conflict: Choice, choices: Mapping[str, Choice]
    ) -> None:
        self._target = Copy(target, audit)
        self._on_conflict = on_conflict
        self._choices = choices
        self._places = Places(audit)
        self._copies: list[Copy] = []
        self._before: dict[str, Side] = {}
        self._after: dict[str, Side] = {}
        self._addresses: dict[str, ValueAddress] = {}
        self._told: dict[str, tuple[Copy, str]] = {}
        """By address, from which copy the value is, and who entered it."""
        self._ancestry: dict[str, tuple[str, ...]] = {}
        self._entries: dict[str, list[MergeEntry]] = {name: [] for name in _LISTED}
        self._chosen = ChosenAnswers()
        self._counts: list[Counter[str]] = []
        self._notices: list[str] = []

    # One copy after the other -----------------------------------------------------------------------------

    def take(self, file: AuditFile, audit: Audit) -> None:
        """Compare one copy with what the audit holds after those before it."""
        copy, scope = Copy(file, audit), Scope(self._target.audit, audit)
        self._copies.append(copy)
        self._places.also(audit)
        self._notices += notices_on_copy(self._target.audit, audit, copy.name)
        # Votes come last: they go with the answers that they became.
        differing = dict(sorted(self._differing(copy), key=lambda found: found[1].subject is Subject.VOTE))
        self._look_up(copy, list(differing))
        blind = {key for key in self._target.audit.rounds if self._is_blind_here(copy, key)}
        self._counts.append(Counter())
        unseen = set[RoundKey]()
        for text, address in differing.items():
            key = round_of(address)
            if key is not None and (key in blind or scope.is_blind(address)):
                unseen.add(key)
                continue
            theirs = copy.side(address, text)
            is_vote = address.subject is Subject.VOTE and not scope.why_not(address)
            decision = (self._decide_vote if is_vote else self._decide)(copy, address, text, theirs)
            reason = "" if decision.outcome in _NO_NEWS else scope.why_not(address)
            self._tell(copy.name, text, theirs, decision, reason)
            if decision.has_news and not reason:
                self._accept(copy, text, decision)
                self._chosen.note(address, self._choice_for(text), decision)
        self._notices += of_open_rounds(copy.name, len(unseen))
        self._tell_of_agreed(copy)
        self._tell_of_protection(copy)

    def _tell_of_agreed(self, copy: Copy) -> None:
        """Say it where a pack changes what the partnership agreed."""
        if copy.audit.pack is None:
            return
        entries = (*self._entries["taken"], *self._entries["conflicts"])
        agreed = [each for each in entries if each.source_name == copy.name and is_agreed(each.address)]
        self._notices += of_agreed_in_pack(self._target.audit, copy.audit, copy.name, len(agreed))

    def _tell_of_protection(self, copy: Copy) -> None:
        """Say it where something of a protected copy comes into an audit that anybody can read."""
        brings = any(self._counts[-1][name] for name in ("taken", "conflicts"))
        if brings and copy.file.is_protected and not self._target.file.is_protected:
            self._notices.append(of_protected(copy.name, self._target.name))

    def _look_up(self, copy: Copy, addresses: list[str]) -> None:
        here = self._target.look_up([text for text in addresses if text not in self._before])
        self._ancestry.update(here)
        for revision_id, parents in copy.look_up(addresses).items():
            # Of an edit that both know, this audit's own word counts.
            self._ancestry.setdefault(revision_id, parents)

    def _differing(self, copy: Copy) -> Iterator[tuple[str, ValueAddress]]:
        disputed = copy.conflicts.keys() | self._target.conflicts.keys()
        for text, revision_id in copy.revisions.items():
            held = self._after.get(text)
            ours = held.revision_id if held else self._target.revisions.get(text, "")
            if ours == revision_id and text not in disputed:
                continue
            address = address_in(text)
            if address is not None and address.subject not in NEVER_MERGED:
                self._addresses[text] = address
                yield text, address

    def _is_blind_here(self, copy: Copy, key: RoundKey) -> bool:
        """Whether a round is open here, and that in the copy is not the same, revealed with all its votes."""
        audit = self._target.audit
        if audit.rounds.get(key) != OPEN:
            return False
        if copy.audit.rounds.get(key) != REVEALED:
            return True
        addresses = [ValueAddress(Subject.ROUND, tuple(key), "state")]
        votes = (tuple(vote) for vote in audit.votes)
        addresses += [ValueAddress(Subject.VOTE, vote, "answer") for vote in votes if vote[:3] == key]
        return not all(self._is_known(copy, str(address)) for address in addresses)

    def _is_known(self, copy: Copy, text: str) -> bool:
        """Whether the copy goes on from the edit that stands here."""
        theirs = copy.revisions.get(text, "")
        return self._target.revisions[text] in ancestors(self._ancestry, (theirs,))

    def _decide(self, copy: Copy, address: ValueAddress, text: str, theirs: Side) -> Decision:
        return self._decide_by(self._choice_for(text), copy, address, theirs)

    def _decide_vote(self, copy: Copy, address: ValueAddress, text: str, theirs: Side) -> Decision:
        answer = answer_of(address)
        return self._chosen.decide_vote(
            address,
            self._side(address, text),
            theirs,
            lambda choice: self._decide_by(choice, copy, address, theirs),
            choice=self._choice_for(text),
            answer=self._after.get(str(answer)) or self._target.side(answer, str(answer)),
        )

    def _decide_by(self, choice: Choice, copy: Copy, address: ValueAddress, theirs: Side) -> Decision:
        ours = self._side(address, str(address))
        return decide(address, ours, theirs, self._ancestry, choice, settled_there=copy.settled)

    def _choice_for(self, text: str) -> Choice:
        return self._choices.get(text, self._on_conflict)

    def _side(self, address: ValueAddress, text: str) -> Side:
        held = self._after.get(text)
        if held is None:
            held = self._before[text] = self._after[text] = self._target.side(address, text)
        return held

    def _tell(self, copy_name: str, text: str, theirs: Side, decision: Decision, reason: str) -> None:
        name = _COUNTED.get(decision.outcome, "")
        if reason:
            # What says the same in both, or is empty there, is nothing to leave out.
            name = "left_out" if decision.outcome in (Outcome.TAKEN, Outcome.CONFLICT) else ""
        if name:
            self._counts[-1][name] += 1
        if name in self._entries:
            self._entries[name].append(self._entry(copy_name, text, theirs, decision.after.value, reason))

    def _entry(self, copy_name: str, text: str, theirs: Side, after: Value, reason: str) -> MergeEntry:
        address, ours = self._addresses[text], self._after[text]
        return MergeEntry(
            address=address,
            places=self._places,
            source_name=copy_name,
            ours=ours.value,
            theirs=theirs.value,
            after=ours.value if reason else after,
            our_author=_author(ours),
            their_author=_author(theirs),
            reason=reason,
        )

    def _accept(self, copy: Copy, text: str, decision: Decision) -> None:
        self._after[text] = decision.after
        self._ancestry.update(decision.made)
        self._told[text] = copy, _author(decision.after)

    # What belongs to what ---------------------------------------------------------------------------------

    def _complete(self) -> None:
        """Bring back what was taken away here and what newly taken values belong to; else leave those out."""
        waiting = [text for text, side in self._after.items() if side.heads]
        complete: set[tuple[Subject, tuple[str, ...]]] = set()
        while waiting:
            text = waiting.pop()
            side = self._after[text]
            address = self._addresses[text]
            if side is self._before[text] or side.value is None or (address.subject, address.key) in complete:
                continue
            if address.subject is Subject.ROUND and self._is_revealed_anew(text):
                waiting += self._bring_votes(address)
            for needed in needed_by(address, side.value):
                if self._final_value(needed) is None:
                    found = self._bring_back(needed)
                    waiting += found
                    if not found:
                        self._leave_out(text, _GONE)
                        break
            else:
                if address.subject is Subject.RESPONSE:
                    # All fields of an answer need the same, and there are thousands.
                    complete.add((address.subject, address.key))

    def _final_value(self, address: ValueAddress) -> Value:
        held = self._after.get(str(address))
        return self._target.audit.value(address) if held is None else held.value

    def _bring_back(self, needed: ValueAddress) -> list[str]:
        """Take the thing of this value from the copy that has it; return what was taken."""
        holders = [copy for copy in self._copies if copy.audit.value(needed) is not None]
        if not holders:
            return []
        copy = min(holders, key=lambda holder: holder.revisions[str(needed)])
        fields_of_it = (needed._replace(field=field) for field in FIELDS[needed.subject])
        found = [text for address in fields_of_it if (text := self._bring(copy, address))]
        self._notices += of_brought_back(self._places.place(needed).partition(":")[0])
        return found

    def _is_revealed_anew(self, text: str) -> bool:
        return self._after[text].value == REVEALED != self._before[text].value

    def _bring_votes(self, state: ValueAddress) -> list[str]:
        """Take the votes with which a round was revealed, also those taken back here; return what was taken.

        Who took a vote back, or cancelled the round, did not know that it had been revealed.
        """
        votes: dict[str, tuple[Copy, ValueAddress]] = {}
        for copy in self._copies:
            if copy.audit.value(state) != REVEALED or copy.audit.pack is not None:
                continue
            for key in copy.audit.votes:
                address = ValueAddress(Subject.VOTE, tuple(key), "answer")
                text = str(address)
                known = votes.get(text)
                is_first = known is None or copy.revisions[text] < known[0].revisions[text]
                if address.key[:3] == state.key and is_first:
                    votes[text] = copy, address
        return [text for text, (copy, address) in sorted(votes.items()) if self._bring(copy, address)]

    def _bring(self, copy: Copy, address: ValueAddress) -> str:
        """Take a value that is empty here; return its address, or an empty text if nothing was taken."""
        text = str(address)
        if copy.audit.value(address) is None or self._final_value(address) is not None:
            return ""
        self._addresses[text] = address
        self._look_up(copy, [text])
        self._accept(copy, text, brought_back(self._side(address, text), copy.side(address, text)))
        return text

    def _keep_scoring_unlocked(self) -> None:
        """Leave out the lock of a wave in which a round stays open here: nobody could end it any more."""
        for text, side in tuple(self._after.items()):
            address = self._addresses[text]
            is_lock = (address.subject, address.field) == (Subject.WAVE, "is_locked")
            if not is_lock or side.value is None or side.value == self._before[text].value:
                continue
            wave_id = address.key[0]
            still_open = [key for key in open_rounds(self._target.audit, wave_id) if self._stays_open(key)]
            if still_open:
                self._leave_out(text, _SCORING)
                label = self._target.audit.wave(wave_id).label
                statements = dict.fromkeys(key.statement_id for key in still_open)
                self._notices.append(of_lock_in_open_round(label, statements))

    def _stays_open(self, key: RoundKey) -> bool:
        return self._final_value(ValueAddress(Subject.ROUND, tuple(key), "state")) == OPEN

    def _leave_out(self, text: str, reason: str) -> None:
        """Take back what was taken."""
        address = self._addresses[text]
        for name in ("taken", "conflicts"):
            for entry in [entry for entry in self._entries[name] if entry.address == address]:
                self._entries[name].remove(entry)
                self._entries["left_out"].append(
                    replace(entry, after=self._before[text].value, reason=reason)
                )
                counts = self._counts[[copy.name for copy in self._copies].index(entry.source_name)]
                counts[name] -= 1
                counts["left_out"] += 1
        self._after[text] = self._before[text]

    # The plan -----------------------------------------------------------------------------------------------

    def plan(self, author: str) -> MergePlan:
        """Return what all of it comes to; the author is who merges."""
        self._complete()
        self._keep_scoring_unlocked()
        self._name_authors()
        values = [value for text in self._after for value in self._written(text, author)]
        # A lock that comes along keeps nothing of the merge from being done, taken back or done again.
        values.sort(key=lambda value: value.address.field == "is_locked")
        names = [copy.name for copy in self._copies]
        label = f"merge of {shown(names[0])}" if len(names) == 1 else f"merge of {len(names)} copies"
        changes = tuple(
            Change(each.address, each.before, each.after) for each in values if each.before != each.after
        )
        added = [change for change in changes if change.before is None]
        return MergePlan(
            target_name=self._target.name,
            counts=tuple(SourceCount(name, **count) for name, count in zip(names, self._counts, strict=True)),
            taken=tuple(self._entries["taken"]),
            conflicts=tuple(self._entries["conflicts"]),
            cleared=tuple(self._entries["cleared"]),
            left_out=tuple(self._entries["left_out"]),
            notices=(
                *self._notices,
                *notices_on_same_names(self._target.audit, added),
                *of_no_longer_taking_part(self._target.audit, changes),
            ),
            change_set=ChangeSet(label, changes, author),
            values=tuple(values),
            ancestry=self._new_ancestry(values),
        )

    def _name_authors(self) -> None:
        """Let conflicts name who gave their answers, whichever of the copies knows."""
        ends = [
            end
            for side in self._after.values()
            for row in side.conflicts
            for end in (
                (row.first_revision_id, row.first_author),
                (row.second_revision_id, row.second_author),
            )
        ]
        unnamed = [revision_id for revision_id, author in ends if revision_id and not author]
        authors: dict[str, str] = {}
        for copy in (self._target, *self._copies) if unnamed else ():
            authors = authors_of(copy.file, unnamed) | authors
        for text, side in self._after.items() if authors else ():
            if side.conflicts:
                self._after[text] = replace(side, conflicts=named(side.conflicts, authors))

    def _written(self, text: str, author: str) -> Iterator[MergedValue]:
        before, after = self._before[text], self._after[text]
        if before.revision_id != after.revision_id:
            copy, entered_by = self._told[text]
            yield MergedValue(
                self._addresses[text],
                before.value,
                after.value,
                before.revision_id,
                after.revision_id,
                entered_by or author,
                copy.label if before.value != after.value else "",
            )
        rows = {row.conflict_id: row for row in after.conflicts}
        for row in before.conflicts:
            if row.conflict_id not in rows:
                yield from self._row_written(row, Conflict(row.conflict_id))
        known = {row.conflict_id: row for row in before.conflicts}
        for each, row in rows.items():
            yield from self._row_written(known.get(each, Conflict(each)), row)

    def _row_written(self, before: Conflict, after: Conflict) -> Iterator[MergedValue]:
        for field in _CONFLICT_FIELDS:
            was, will_be = (getattr(row, field) or _none_of(getattr(row, field)) for row in (before, after))
            if was != will_be:
                address = ValueAddress(Subject.CONFLICT, (before.conflict_id,), field)
                revision_before = self._target.revisions.get(str(address), "")
                revision_id = new_id()
                self._ancestry[revision_id] = (revision_before,) if revision_before else ()
                yield MergedValue(address, was, will_be, revision_before, revision_id)

    def _new_ancestry(self, values: list[MergedValue]) -> dict[str, tuple[str, ...]]:
        """Return the revisions that these values go back to, as far as the audit may not know them."""
        needed = ancestors(self._ancestry, (value.revision_id for value in values))
        known = self._target.ancestry.keys()
        return {each: self._ancestry.get(each, ()) for each in needed if each not in known}


def _none_of(value: Value) -> Value:
    """A score of 0 is an answer; an empty text is none."""
    return None if value == "" else value


def _author(side: Side) -> str:
    return next((head.author for head in side.heads if head.value == side.value), "")

"""Power cuts: what an editing program wrote is recorded, and disks are made of it as a cut leaves them.

A disk keeps what was synced. Of what was written since, each write is there, is not, or is there in some of
its sectors only, whatever the order it was written in; the same goes for truncations, and for names of
files until their folder was synced.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.editor import Editor, Tracer
from tests.faults.fault import STORE, NotRun
from tests.faults.story import fresh_audit

SECTOR = 512
AUDIT, JOURNAL = "audit.hsbaudit", "audit.hsbaudit-journal"
_TRACED = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,rename,mmap"
_LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'[<"]((?:\\x[0-9a-f]{2})*)[>"]')


@dataclass(frozen=True, slots=True)
class Event:
    """One call, in the order of the recording: `write`, `sync`, `truncate`, `make`, `remove` or `saved`."""

    kind: str
    name: str = ""
    at: int = 0
    """Offset of a write, length of a truncation, number of an acknowledged edit."""
    content: bytes = b""


@dataclass(slots=True)
class _File:
    """A file on the simulated disk: what is safe, and what was done to it since its last sync."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Event] = field(default_factory=list)
    is_named: bool = True
    """Whether its folder was synced since it was made."""
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """Everything that reached the system while a story was told."""

    before: bytes
    events: tuple[Event, ...]
    seed: int

    def acknowledged(self, cut: int) -> int:
        """Return the last edit that was acknowledged before the cut."""
        return max((event.at for event in self.events[:cut] if event.kind == "saved"), default=0)

    def files_at(self, cut: int) -> dict[str, _File]:
        """Return the disk as it stands after that many events."""
        files = {AUDIT: _File(bytearray(self.before))}
        for event in self.events[:cut]:
            _take(files, event)
        return files


def record(folder: Path, seed: int, steps: int, *options: str) -> Recording:
    """Have a child tell a story, and return all that it wrote. Raises NotRun where it cannot be watched."""
    path = fresh_audit(folder, AUDIT)
    before = path.read_bytes()
    with Editor(STORE, path, folder=folder, seed=seed, steps=steps, options=options) as editor:
        editor.start()
        with Tracer(editor, folder, "-y", "-xx", "-s", "1000000", "-e", f"trace={_TRACED}") as tracer:
            editor.tell("go")
            editor.to_the_end()
            tracer.wait()
    events = tuple(_events(tracer.log, path))
    recorded = Recording(before, events, seed)
    image = recorded.files_at(len(events))[AUDIT]
    for event in image.since:
        _do(image.safe, event)
    if bytes(image.safe) != path.read_bytes():
        raise NotRun("the recording does not give the file that was written: it cannot be watched whole here")
    return recorded


def cut_power(recorded: Recording, cut: int, chance: random.Random, folder: Path) -> Path:
    """Leave the disk behind as a cut at that moment may have left it, and return the audit on it."""
    for name, file in recorded.files_at(cut).items():
        if not file.is_named and chance.random() < 0.5:
            continue
        if file.is_removed and chance.random() < 0.5:
            continue
        content = bytearray(file.safe)
        # One cut in four loses all that was not synced, one in four none of it: both are what disks do most.
        kept = chance.choice((0.0, 1.0, 0.5, chance.random()))
        for event in file.since:
            if chance.random() < kept:
                _do(content, event)
            elif event.kind == "write" and kept > 0.0 and chance.random() < 0.5:
                _tear(content, event, chance)
        (folder / name).write_bytes(content)
    return folder / AUDIT


def _take(files: dict[str, _File], event: Event) -> None:
    match event.kind:
        case "make":
            file = files.get(event.name)
            if file is None or file.is_removed:
                files[event.name] = _File(is_named=False)
        case "write" | "truncate":
            files[event.name].since.append(event)
        case "remove":
            files[event.name].is_removed = True
        case "sync" if event.name:
            file = files[event.name]
            for waiting in file.since:
                _do(file.safe, waiting)
            file.since.clear()
        case "sync":
            # Of the folder: names are safe, what was removed is gone.
            for name, file in list(files.items()):
                file.is_named = True
                if file.is_removed:
                    del files[name]


def _do(content: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del content[event.at :]
        content.extend(bytes(event.at - len(content)))
        return
    end = event.at + len(event.content)
    content.extend(bytes(max(0, end - len(content))))
    content[event.at : end] = event.content


def _tear(content: bytearray, event: Event, chance: random.Random) -> None:
    """Let some of the sectors of a write arrive."""
    start = event.at
    while start < event.at + len(event.content):
        end = min((start // SECTOR + 1) * SECTOR, event.at + len(event.content))
        if chance.random() < 0.5:
            part = event.content[start - event.at : end - event.at]
            _do(content, Event("write", event.name, start, part))
        start = end


def _events(log: Path, path: Path) -> list[Event]:
    names = {str(path): AUDIT, f"{path}-journal": JOURNAL, str(path.parent): ""}
    events = []
    for line in log.read_text().splitlines():
        match = _LINE.match(line)
        if match is None or int(match[3]) < 0:
            continue
        call, arguments, result = match[1], match[2], int(match[3])
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        event = _event(call, arguments, texts, result, names)
        if event is not None:
            events.append(event)
    return events


def _event(
    call: str, arguments: str, texts: Sequence[bytes], result: int, names: dict[str, str]
) -> Event | None:
    if not texts:
        return None
    name = names.get(texts[0].decode())
    made = names.get(texts[-1].decode(errors="replace"))
    event = None
    match call:
        case "write" if texts[-1].startswith(b"saved "):
            event = Event("saved", at=int(texts[-1].split()[1]))
        case "pwrite64" if name:
            event = Event("write", name, int(arguments.rsplit(",", 1)[1]), texts[1][:result])
        case "fsync" | "fdatasync" if name is not None:
            event = Event("sync", name)
        case "ftruncate" if name:
            event = Event("truncate", name, int(arguments.rsplit(",", 1)[1]))
        case "unlink" if name:
            event = Event("remove", name)
        case "openat" if "O_CREAT" in arguments and made:
            event = Event("make", made)
        case "write" | "mmap" | "rename" if name:
            raise NotRun(f"the audit is written by {call}, which the recording does not understand")
    return event


def kill_program(recorded: Recording, cut: int, folder: Path) -> Path:
    """Leave the disk behind as a program killed at that moment leaves it: with all that it had written."""
    for name, file in recorded.files_at(cut).items():
        content = bytearray(file.safe)
        for event in file.since:
            _do(content, event)
        if not file.is_removed:
            (folder / name).write_bytes(content)
    return folder / AUDIT


def hot_moments(recorded: Recording) -> list[int]:
    """Return the moments at which a killed program leaves a journal that has to be played back."""
    return [
        number
        for number, event in enumerate(recorded.events, 1)
        if event.kind == "write" and event.name == AUDIT
    ]

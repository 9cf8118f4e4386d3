"""Merging full agency packs, against inserting their rows bare."""

from __future__ import annotations

import math
import shutil
import sqlite3
import time
from contextlib import ExitStack, closing
from pathlib import Path

from hsb_desktop.model import Audit
from hsb_desktop.operations.merging import apply_plan, plan_merge
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import open_for_reading, open_for_writing
from hsb_desktop.store.share import share_copy
from hsb_desktop.values import Change, ChangeSet, ResponseKey, Subject, Value, ValueAddress, response_address
from tests.bench.figures import Result, Row, median, milliseconds

PACKS, MANY, FEW = 12, 50, 5
RUNS, QUICK_RUNS = 7, 1
_LIMIT, _EXPONENT_LIMIT = 5.0, 1.1
_TABLES = ("response_score", "response_text", "value_state", "revision", "history")
_WORDS = "The agency reviewed this with its designated leads and agreed what is to follow by the autumn. "


def measure(folder: Path, quick: bool) -> Result:
    """Merge 12 packs and insert their rows bare, in turn; merge 5 and 50."""
    runs = QUICK_RUNS if quick else RUNS
    many = PACKS if quick else MANY
    target, packs = make_packs(folder, many)
    times: dict[str, list[float]] = {"merge": [], "bare": [], "few": [], "many": []}
    for _ in range(runs):
        times["bare"].append(_time_bare(packs[:PACKS], folder))
        times["merge"].append(_time_merge(target, packs[:PACKS], folder))
        times["few"].append(_time_merge(target, packs[:FEW], folder))
        times["many"].append(_time_merge(target, packs, folder))
    merge, bare, few, all_of_them = (median(times[name]) for name in ("merge", "bare", "few", "many"))
    exponent = math.log(all_of_them / few) / math.log(many / FEW)
    return Result(
        "merge",
        "Merging",
        f"{PACKS} agency packs, each filled in (46 scores, 92 texts of about 300 characters, with history), "
        "are merged into the audit that they were made from: opened, judged, planned and written. "
        "Against it, each pack is opened and the rows of its responses, states, revisions and history are "
        "read and inserted into plain tables, all in one commit with the settings of an audit file. "
        f" The exponent is that of the time from {FEW} to {many} packs: 1 is linear.",
        (
            Row(
                f"merging {PACKS} full packs",
                milliseconds(merge),
                f"their rows bare {milliseconds(bare)}",
                merge / bare,
                _LIMIT,
            ),
            Row(
                f"exponent from {FEW} to {many} packs",
                milliseconds(all_of_them),
                f"{FEW} packs {milliseconds(few)}",
                exponent,
                _EXPONENT_LIMIT,
                unit="",
            ),
        ),
    )


def make_packs(folder: Path, count: int) -> tuple[Path, list[Path]]:
    """Make an audit with that many agencies, and a pack for each that it has filled in."""
    target = folder / "target.hsbaudit"
    audit = sample_audit()
    agencies = [f"agency-{number}" for number in range(count)]
    names = [ValueAddress(Subject.AGENCY, (agency,), "name") for agency in agencies]
    audit = audit.with_changes(Change(name, None, f"Agency {place}") for place, name in enumerate(names))
    packs = []
    with AuditFile.create(target, audit) as file:
        for agency in agencies:
            pack = folder / f"pack-{agency}.hsbaudit"
            share_copy(file, pack)
            with AuditFile.open(pack) as sent:
                sent.apply(ChangeSet("a pack", _filled_in(audit, agency), f"Lead of {agency}"))
            packs.append(pack)
    return target, packs


def _filled_in(audit: Audit, agency: str) -> tuple[Change, ...]:
    wave_id = audit.waves[-1].wave_id
    values: dict[ValueAddress, Value] = {
        ValueAddress(Subject.PACK, (f"pack-{agency}",), "wave_id"): wave_id,
        ValueAddress(Subject.PACK, (f"pack-{agency}",), "party_id"): agency,
    }
    for place, statement in enumerate(audit.instrument.statements):
        key = ResponseKey(wave_id, agency, statement.statement_id)
        values[response_address(key, "score")] = (place + len(agency)) % 5
        values[response_address(key, "evidence")] = f"{agency} {place}: {_WORDS * 3}"
        values[response_address(key, "assurance")] = f"{place} {agency}: {_WORDS * 3}"
    return tuple(Change(address, None, value) for address, value in values.items())


def _time_merge(target: Path, packs: list[Path], folder: Path) -> float:
    copy = folder / "merged.hsbaudit"
    shutil.copyfile(target, copy)
    began = time.perf_counter()
    with AuditFile.open(copy) as file, ExitStack() as stack:
        sources = [stack.enter_context(AuditFile.open(pack, read_only=True)) for pack in packs]
        plan = plan_merge(file, sources)
        apply_plan(file, plan)
    taken = (time.perf_counter() - began) * 1000
    assert plan.values_changed == len(packs) * 138, plan.counts
    copy.unlink()
    return taken


def _time_bare(packs: list[Path], folder: Path) -> float:
    path = folder / "bare.sqlite"
    path.unlink(missing_ok=True)
    with closing(open_for_reading(packs[0])) as pack:
        columns = {
            table: [row[1] for row in pack.execute(f"PRAGMA table_info({table})")] for table in _TABLES
        }
    with closing(open_for_writing(path, new=True)) as connection:
        for table, names in columns.items():
            connection.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for each in packs:
            with closing(sqlite3.connect(f"{each.as_uri()}?mode=ro", uri=True)) as pack:
                for table, names in columns.items():
                    marks = ", ".join("?" * len(names))
                    rows = pack.execute(f"SELECT * FROM {table}").fetchall()
                    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        connection.execute("COMMIT")
        return (time.perf_counter() - began) * 1000

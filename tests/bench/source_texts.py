"""How long a person waits with 2,000 stored texts of 5 kB: adding one, looking for copies, citing, opening.

The texts are made of the words of the shipped records, so that lengths and repetitions are those of real use; some are
copies with another lead. The peer of looking for copies is `difflib`, asked for the ratio of one pair; the peer of
storing is one bare UPDATE of the same four columns. Run by hand:
`.venv/bin/python tests/bench/source_texts.py [--sources 2000]`.
"""

from __future__ import annotations

import argparse
import difflib
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from samples import reference_file

from azcn_desktop.evidence.cleaning import clean
from azcn_desktop.evidence.passages import Target
from azcn_desktop.evidence.texts import add_text, cite_passage, copies_of, text_of
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store.database import Database
from azcn_desktop.store.passages import passages as cited_passages
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_LENGTH = 5_000
_COPY_EVERY = 50


def words_of(store: Store) -> list[str]:
    """Return the words of the shipped commitments and meetings."""
    rows = [*store.select(Query("commitment"), ["what"]), *store.select(Query("meeting"), ["title"])]
    return " ".join(str(row[0]) for row in rows).split()


def made_up(words: list[str], number: int) -> str:
    """Return an article of 5 kB in paragraphs; every fiftieth repeats the one before under another lead."""
    origin = number - 1 if number % _COPY_EVERY == 0 else number
    chance = random.Random(origin)
    sentences, length = [], 0
    while length < _LENGTH:
        sentence = " ".join(chance.choices(words, k=18)).capitalize() + "."
        sentences.append(sentence + ("\n\n" if len(sentences) % 4 == 3 else " "))
        length += len(sentences[-1])
    lead = f"Number {number} of the agency. " if number != origin else ""
    return lead + "".join(sentences).strip()


def fill(store: Store, wanted: int) -> list[int]:
    """Add sources with texts, cleaned as the program does, and return their ids."""
    words, blank = words_of(store), store.schema["source"].new_row()
    changes = []
    for number in range(1, wanted + 1):
        raw = made_up(words, number)
        row = blank | {"title": f"Article {number}", "text_raw": raw, "text_clean": clean(raw).text}
        changes.append(Change("source", -number, None, row))
    notice = store.apply(ChangeSet("Generate", tuple(changes), "shipped"))
    return [notice.new_keys[-number] for number in range(1, wanted + 1)]


def median_ms(act: Callable[[int], object], rounds: int) -> float:
    """Return the median time of an act in milliseconds."""
    times = []
    for number in range(rounds):
        started = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - started) * 1_000)
    return statistics.median(times)


def measure(store: Store, keys: list[int], rounds: int) -> dict[str, float]:
    """Return what each act takes in milliseconds."""
    words = words_of(store)
    meeting = store.keys(Query("meeting"))[0]
    raws = [made_up(words, 10_001 + number) for number in range(rounds)]
    one, other = made_up(words, 49), made_up(words, 50)

    def bare(number: int) -> None:
        with store.database.transaction():
            sql = "UPDATE source SET text_raw = ?, text_clean = ?, text_repairs = ?, sha256 = ? WHERE id = ?"
            store.database.execute(sql, (raws[number], raws[number], "{}", "0" * 64, keys[number]))

    def cite(number: int) -> None:
        store.apply(cite_passage(store, keys[number], (40 + number, 120 + number), Target("meeting", meeting)))

    return {
        "bare UPDATE of the same columns": median_ms(bare, rounds),
        "add a text": median_ms(lambda n: store.apply(add_text(store, keys[n], raws[n])), rounds),
        "read a text with its repairs": median_ms(lambda n: text_of(store, keys[n]), rounds),
        "cite a passage": median_ms(cite, rounds),
        "list what cites it": median_ms(lambda n: cited_passages(store, keys[n]), rounds),
        "add it again, anchoring": median_ms(
            lambda n: store.apply(add_text(store, keys[n], raws[n] + " More.")), rounds
        ),
        "difflib, one pair of texts": median_ms(lambda _: difflib.SequenceMatcher(None, one, other).ratio(), 3),
        "look for copies among all": median_ms(lambda n: copies_of(store, made_up(words, 50 + n), keys[49]), 5),
    }


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Database.open(reference_file(Path(folder) / "bench.azcn")))
        keys = fill(store, given.sources)
        found = measure(store, keys, min(given.rounds, given.sources))
        copies = copies_of(store, made_up(words_of(store), 100), keys[99])
        store.close()
    pair = found["difflib, one pair of texts"] * given.sources
    print(f"| {given.sources:,} texts of {_LENGTH / 1000:.0f} kB | ms | against the peer |\n|---|---|---|")
    for act, spent in found.items():
        ratio = {
            "add a text": spent / found["bare UPDATE of the same columns"],
            "look for copies among all": spent / pair,
        }
        print(f"| {act} | {spent:.1f} | {f'{ratio[act]:.4g} x' if act in ratio else ''} |")
    print(f"\nCopies found of a text with another lead: {[(c.verdict, round(c.share, 2)) for c in copies]}")


if __name__ == "__main__":
    main()

"""Damaged files: each gives a preview with reasons or a sentence, never a traceback, and never half an import."""

import gzip
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.store.flows.summaries import differences
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import, run_import
from tests.trade.builders import QUIET, line, text_of

FILES = 300
SAMPLE = Path(__file__).parents[1] / "data" / "trade" / "comtrade_s4_exports.csv"
Damage = Callable[[bytes, random.Random], bytes]


def own(chance: random.Random) -> bytes:
    """Make a table of this program's own layout."""
    lines = [line(code=f"{chance.randrange(10**6):06}", value=chance.randrange(10**6) / 100) for _ in range(60)]
    return text_of(lines).encode()


def cut(text: bytes, chance: random.Random) -> bytes:
    return text[: chance.randrange(len(text))]


def shifted(text: bytes, chance: random.Random) -> bytes:
    rows = text.split(b"\n")
    for _ in range(3):
        at = chance.randrange(1, len(rows) - 1)
        rows[at] = chance.choice((b"," + rows[at], rows[at] + b",x", rows[at].replace(b",", b"", 1)))
    return b"\n".join(rows)


def wrong_encoding(text: bytes, chance: random.Random) -> bytes:
    named = text.replace(b"China", "Çin Halq Respublikası Чина 中国".encode())
    return named.decode().encode(chance.choice(("cp1254", "cp1251", "utf-16", "latin-1", "gb18030")), errors="replace")


def mixed_decimals(text: bytes, chance: random.Random) -> bytes:
    return b"\n".join(
        row.replace(b".", b",") if chance.random() < 0.3 else row for row in text.replace(b",", b";").split(b"\n")
    )


def header_twice(text: bytes, chance: random.Random) -> bytes:
    rows = text.split(b"\n")
    if chance.random() < 0.5:
        rows.insert(chance.randrange(1, len(rows)), rows[0])
    else:
        names = rows[0].split(b",")
        rows[0] = b",".join((*names[:-1], chance.choice(names)))
    return b"\n".join(rows)


def nul(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text))
    return text[:at] + b"\0" * chance.randint(1, 5) + text[at:]


def wide(text: bytes, chance: random.Random) -> bytes:
    return text.replace(b"\n", b"," * chance.choice((50, 2_500, 100_000)) + b"\n", chance.choice((1, 3)))


def bom(text: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf\xef\xbb\xbf")) + text


def bomb(text: bytes, chance: random.Random) -> bytes:
    packed = gzip.compress(text + b"\n" * chance.choice((1 << 17, 20 << 20)), 9)
    return packed if chance.random() < 0.5 else packed[: chance.randrange(20, len(packed))]


def flipped(text: bytes, chance: random.Random) -> bytes:
    found = bytearray(text)
    for _ in range(chance.randint(1, 20)):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def quotes(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text))
    return text[:at] + b'"' + text[at:]


def numbers(text: bytes, chance: random.Random) -> bytes:
    odd = (b"1e999", b"nan", b"-inf", b"9" * 5_000, "١٢٣".encode(), b"0x10", b"1_000", b"--5", b"\xe2\x88\x925")
    rows = text.split(b"\n")
    at = chance.randrange(1, len(rows) - 1)
    cells = rows[at].split(b",")
    cells[chance.randrange(len(cells))] = chance.choice(odd)
    rows[at] = b",".join(cells)
    return b"\n".join(rows)


DAMAGES: tuple[Damage, ...] = (
    cut, shifted, wrong_encoding, mixed_decimals, header_twice, nul, wide, bom, bomb, flipped, quotes, numbers,
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.__name__ for damage in DAMAGES])
def test_a_damaged_file_is_previewed_with_reasons_or_refused(store: Store, tmp_path: Path, damage: Damage) -> None:
    store.database.execute("PRAGMA synchronous = OFF")
    for seed in range(FILES // len(DAMAGES)):
        chance = random.Random(f"{damage.__name__} {seed}")
        text = SAMPLE.read_bytes() if seed % 2 else own(chance)
        path = tmp_path / f"{seed}.csv"
        path.write_bytes(damage(text, chance))
        before = store.database.one("SELECT count(*) FROM trade_flow")
        taken, sentence = _taken(store, path)
        assert not sentence or str(path) in sentence
        assert store.database.one("SELECT count(*) FROM trade_flow") == before + taken
        path.unlink()
    assert list(differences(store.database)) == []
    assert store.database.one("SELECT count(*) FROM dataset WHERE state != 'ready'") == 0


def _taken(store: Store, path: Path) -> tuple[int, str]:
    """Import a file; return how many flows that wrote, and the sentence if it was refused."""
    try:
        with plan_import(store, path) as plan:
            assert plan.refusals >= len(plan.refused)
            assert all(refusal.line > 0 and refusal.reason for refusal in plan.refused)
            run_import(store, plan, Progress(), QUIET)
            return plan.new + plan.changed, ""
    except UserError as error:
        return 0, str(error)


NO_TABLES = (
    b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, b"\x1f\x8b", b"\x1f\x8b\x08" + b"x" * 50, b"{", b"[1]",
    b'{"sheets": 3}', b"[" * 100_000, b"\n\n\n", b",", b"\xd0\xcf\x11\xe0x", b"\xff",
)  # fmt: skip


@pytest.mark.parametrize("content", NO_TABLES)
def test_what_is_no_table_at_all_is_refused_in_a_sentence(store: Store, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"x\.csv"):
        plan_import(store, path)


def test_a_zip_archive_with_a_password_or_damage_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", text_of([line(code=f"{n:06}") for n in range(500)]))
    whole = path.read_bytes()
    for at in (60, 200, len(whole) // 2):
        path.write_bytes(whole[:at] + b"\x00\xff\x00" + whole[at + 3 :])
        with pytest.raises(UserError, match=r"x\.zip"):
            plan_import(store, path)

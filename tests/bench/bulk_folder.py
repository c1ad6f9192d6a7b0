"""A folder as large publishers offer it, made up: the trade of the world in BACI's columns, one file a year.

Countries, products and values are random but the same for a seed. China and Azerbaijan are two of the countries, with
the share of rows that they have in the real BACI (about one in twenty is China's export, one in ten thousand is between
the two). Made by hand: `.venv/bin/python tests/bench/bulk_folder.py FOLDER [--rows 10000000] [--format csv|parquet]`;
Parquet needs pyarrow. The recipes of db/RECIPES.md are tried on it.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

AZERBAIJAN, CHINA = 31, 156
COUNTRIES, PRODUCTS, YEARS = 220, 5_000, range(1995, 2025)
_ROWS_A_PART = 500_000


def generated(rows: int, year: int, chance: np.random.Generator) -> pa.Table:
    """Make up the flows of one year.

    Returns:
        Year t, exporter i and importer j by their M49 numbers, product k, thousands of dollars v, tonnes q.
    """
    others = np.setdiff1d(np.arange(4, 900, 4), (AZERBAIJAN, CHINA))[: COUNTRIES - 2]
    countries = np.concatenate(([CHINA, AZERBAIJAN], others)).astype(np.int32)
    shares = 1 / np.arange(1, COUNTRIES + 1)
    shares[0], shares[1] = shares[2:].sum() / 19, shares[2:].sum() / 500
    shares /= shares.sum()
    codes = np.sort(chance.choice(np.arange(10_111, 979_999), PRODUCTS, replace=False))
    keys = np.empty(0, np.int64)  # each at most once, as in a real file
    while len(keys) < rows:
        i, j = (chance.choice(len(countries), rows, p=shares) for _ in "ij")
        drawn = (i * COUNTRIES + j) * PRODUCTS + chance.integers(0, PRODUCTS, rows)
        keys = np.union1d(keys, drawn[i != j])
    pairs, products = np.divmod(np.sort(chance.choice(keys, rows, replace=False)), PRODUCTS)
    i, j = (countries[place] for place in np.divmod(pairs, COUNTRIES))
    k = pa.array(np.char.zfill(codes[products].astype(str), 6))
    v, q = (np.round(chance.lognormal(mean, 2.5, rows), 3) for mean in (4.0, 2.0))
    return pa.table({"t": np.full(rows, year, np.int32), "i": i, "j": j, "k": k, "v": v, "q": q})


def write(folder: Path, rows: int, form: str, seed: int) -> None:
    """Write the folder: `BACI_HS92_Y1995.csv` and so on, or Parquet of the same names."""
    folder.mkdir(parents=True)
    for number, year in enumerate(YEARS):
        wanted = rows * (number + 1) // len(YEARS) - rows * number // len(YEARS)
        table = generated(wanted, year, np.random.default_rng((seed, year)))
        path = folder / f"BACI_HS92_Y{year}.{form}"
        if form == "csv":
            pyarrow.csv.write_csv(table, path)
        else:
            pyarrow.parquet.write_table(table, path, row_group_size=_ROWS_A_PART)


def main() -> None:
    """Make the folder and say how long it took."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("folder", type=Path)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--format", choices=("csv", "parquet"), default="csv")
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    begun = time.perf_counter()
    write(given.folder, given.rows, given.format, given.seed)
    size = sum(path.stat().st_size for path in given.folder.iterdir())
    print(f"{given.rows:,} rows, {size / 1e6:,.0f} MB in {given.folder}, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()

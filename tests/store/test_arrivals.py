"""Flows that arrive in any order come back sorted, however many pieces they were sorted in."""

import random
from itertools import pairwise
from pathlib import Path

import numpy as np

from azcn_desktop.store.flows.arrivals import Arrivals, FlowColumns, WritingOrder

CODES = ["TOTAL", "27", "0101", "270900"]
PUBLISHERS = ["B", "A", "B", "A", "B"]


def _flows(first: int, keys: list[tuple[int, int]]) -> FlowColumns:
    count = len(keys)
    series, codes = zip(*keys, strict=True)
    lines = range(first, first + count)
    return FlowColumns(lines, series, [1] * count, codes, [float(n) for n in lines], [None] * count, [0.5] * count)


def test_flows_come_back_by_publisher_code_series_and_line(tmp_path: Path) -> None:
    chance = random.Random(7)
    keys = [(chance.randint(1, 5), chance.choice((1, 1, 1, 2, 3, 4))) for _ in range(70_000)]
    arrivals = Arrivals(tmp_path)
    for start in range(0, len(keys), 3_000):
        arrivals.add(_flows(start + 1, keys[start : start + 3_000]))
    order = WritingOrder.of(PUBLISHERS, CODES)
    pieces = list(arrivals.in_order(order.keys))
    found = np.concatenate(pieces)
    wanted = sorted(
        (PUBLISHERS[series - 1], CODES[code - 1], series, line) for line, (series, code) in enumerate(keys, 1)
    )
    assert [(series, line) for _, _, series, line in wanted] == [
        *zip(found["series"].tolist(), found["line"].tolist(), strict=True)
    ]
    assert found["value"].tolist() == found["line"].tolist()
    assert np.isnan(found["net_weight_kg"]).all()
    assert len(pieces) > 1
    for before, after in pairwise(pieces):
        assert order.keys(before)[-1] < order.keys(after)[0], "flows of one key stand in one piece"
    assert list(tmp_path.iterdir()) == []


def test_no_flows_come_back_as_none(tmp_path: Path) -> None:
    assert list(Arrivals(tmp_path).in_order(WritingOrder.of([], []).keys)) == []

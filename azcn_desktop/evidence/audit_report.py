"""The audit written out for other programs and for the command line: a line a check, or JSON.

Lines are for people and for `grep`: what comes from records can't break them. JSON names figures by their identities.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from azcn_desktop.evidence.checks import VERDICT, Check
from azcn_desktop.evidence.figures import Figure

_ORDER = ("conflicts", "cannot_be_checked", "agrees_after_rounding", "agrees")


def audit_lines(checks: Iterable[Check]) -> list[str]:
    """Write a line a check, conflicts first: verdict and reason, kind, statement, calculation, explanation."""
    return [_line(check) for check in _conflicts_first(checks)]


def audit_json(checks: Iterable[Check], figures: Mapping[int, Figure]) -> str:
    """Write the checks as a JSON array in the order of the lines; `figures` gives the identities behind the keys."""
    rows = [
        {
            "verdict": check.verdict,
            "reason": check.reason or None,
            "kind": check.kind,
            "statement": check.statement,
            "calculation": check.calculation or None,
            "explanation": check.explanation,
            "is_settled": check.is_settled,
            "figures": [{"uid": figures[linked.key].uid, "role": linked.role} for linked in check.linked],
        }
        for check in _conflicts_first(checks)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def audit_summary(checks: Sequence[Check]) -> str:
    """Count the verdicts in a sentence: "148 checks: 7 conflicts, 61 cannot be checked, …"."""
    counts = Counter(check.verdict for check in checks)
    settled = sum(check.verdict == "conflicts" and check.is_settled for check in checks)
    parts = [f"{counts[verdict]:,} {VERDICT.label(verdict).lower()}" for verdict in _ORDER]
    parts[0] += f" ({settled:,} of deprecated figures only)" if settled else ""
    return f"{len(checks):,} checks: {', '.join(parts)}."


def _conflicts_first(checks: Iterable[Check]) -> list[Check]:
    return sorted(checks, key=lambda check: _ORDER.index(check.verdict))


def _line(check: Check) -> str:
    more = check.reason or ("settled" if check.verdict == "conflicts" and check.is_settled else "")
    verdict = f"{check.verdict}:{more}" if more else check.verdict
    texts = " | ".join(filter(None, (check.statement, check.calculation, check.explanation)))
    printable = "".join(c if c.isprintable() else " " for c in texts)
    return f"{verdict:<34} {check.kind:<16} {' '.join(printable.split())}"

"""Every colour that a series can have is seen on its ground, and told from the others of its chart."""

from collections.abc import Mapping
from itertools import combinations

import pytest

from azcn_desktop.charts.counts import (
    AGE_SHADES,
    AGREEMENT_SHADES,
    COMMITMENT_SHADES,
    LEVEL_SHADES,
    NOT_STATED,
    PROJECT_SHADES,
    Shade,
)
from azcn_desktop.charts.series import ROLES
from azcn_desktop.charts.statistics.naming import nth_shade
from azcn_desktop.gui.charts.items import LEAST_CONTRAST, ink
from azcn_desktop.gui.theme import DARK, LIGHT, Theme, contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
PRODUCTS = {str(n): nth_shade(n) for n in range(21)}
TABLES = {
    "levels": LEVEL_SHADES, "agreements": AGREEMENT_SHADES, "projects": PROJECT_SHADES,
    "commitments": COMMITMENT_SHADES, "ages": AGE_SHADES, "products": PRODUCTS,
}  # fmt: skip
LEAST_APART = 15  # of 441


def colour(theme: Theme, shade: Shade) -> str:
    return ink(theme, *shade).name()


def apart(first: str, second: str) -> float:
    """Return the distance of two colours in red, green and blue, 0 to 441."""
    return sum((int(first[n : n + 2], 16) - int(second[n : n + 2], 16)) ** 2 for n in (1, 3, 5)) ** 0.5


@THEMES
@pytest.mark.parametrize("role", [*ROLES, "faint"])
def test_every_tint_of_every_role_stands_out_from_the_ground(theme: Theme, role: str) -> None:
    tints = [n / 20 for n in range(-20, 21)]
    poor = {tint: contrast(ink(theme, role, tint).name(), theme.base) for tint in tints}
    assert {tint: ratio for tint, ratio in poor.items() if ratio < LEAST_CONTRAST} == {}


@THEMES
@pytest.mark.parametrize("name", TABLES)
def test_the_words_of_a_chart_have_colours_that_can_be_told_apart(theme: Theme, name: str) -> None:
    shades: Mapping[str, Shade] = TABLES[name] | {"": NOT_STATED} if name != "products" else PRODUCTS
    close = {
        (first, second): round(apart(colour(theme, shades[first]), colour(theme, shades[second])))
        for first, second in combinations(shades, 2)
        if apart(colour(theme, shades[first]), colour(theme, shades[second])) < LEAST_APART
    }
    assert close == {}

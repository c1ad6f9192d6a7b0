"""The groups of goods by which WITS publishes beside single codes: what its short names and codes hold.

Sixteen groups of chapters of the Harmonized System, and four stages of processing. Files have the names, the service of
WITS has the codes. Source: World Bank, World Integrated Trade Solution, "Product groups" (HS product groups, and
UNCTAD's stages of processing); titles of chapters after the World Customs Organization.
"""

from __future__ import annotations

_CLASSIFICATION = "WITS"
# Name in the files, code of the service, what it holds.
_GROUPS = (
    ("Animal", "01-05_Animal", "Live animals and animal products (HS chapters 01 to 05)"),
    ("Vegetable", "06-15_Vegetable", "Vegetable products, fats and oils (HS chapters 06 to 15)"),
    ("Food Products", "16-24_FoodProd", "Prepared food, beverages and tobacco (HS chapters 16 to 24)"),
    ("Minerals", "25-26_Minerals", "Salt, stone, cement, ores and ash (HS chapters 25 and 26)"),
    ("Fuels", "27-27_Fuels", "Mineral fuels and oils (HS chapter 27)"),
    ("Chemicals", "28-38_Chemicals", "Products of the chemical industries (HS chapters 28 to 38)"),
    ("Plastic or Rubber", "39-40_PlastiRub", "Plastics and rubber (HS chapters 39 and 40)"),
    ("Hides and Skins", "41-43_HidesSkin", "Hides, leather, travel goods and fur (HS chapters 41 to 43)"),
    ("Wood", "44-49_Wood", "Wood, cork, pulp, paper and print (HS chapters 44 to 49)"),
    ("Textiles and Clothing", "50-63_TextCloth", "Textiles and clothing (HS chapters 50 to 63)"),
    ("Footwear", "64-67_Footwear", "Footwear, headgear, umbrellas and feathers (HS chapters 64 to 67)"),
    ("Stone and Glass", "68-71_StoneGlas", "Stone, ceramics, glass and precious metals (HS chapters 68 to 71)"),
    ("Metals", "72-83_Metals", "Base metals and articles of them (HS chapters 72 to 83)"),
    ("Mach and Elec", "84-85_MachElec", "Machinery and electrical equipment (HS chapters 84 and 85)"),
    ("Transportation", "86-89_Transport", "Vehicles, aircraft and ships (HS chapters 86 to 89)"),
    ("Miscellaneous", "90-99_Miscellan", "Instruments, furniture, toys, arms, art and the rest (HS chapters 90 to 99)"),
    ("Raw materials", "UNCTAD-SoP1", "Stage of processing: raw materials, of any chapter"),
    ("Intermediate goods", "UNCTAD-SoP2", "Stage of processing: intermediate goods, of any chapter"),
    ("Consumer goods", "UNCTAD-SoP3", "Stage of processing: consumer goods, of any chapter"),
    ("Capital goods", "UNCTAD-SoP4", "Stage of processing: capital goods, of any chapter"),
)  # fmt: skip
_HELD = {name: held for short, code, held in _GROUPS for name in (short, code)}


def held_by_group(classification: str, code: str) -> str | None:
    """Return what a group of goods holds; None for what is no group of that classification."""
    return _HELD.get(code) if classification == _CLASSIFICATION else None

"""What offices call the columns of their tables, in English, Azerbaijani, Russian and Chinese, and write units in them.

Data for guesses only; a person reads what is guessed before it is used. Names are compared as `plain` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping

# What columns are called, the likeliest first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "publisher": ("publisher", "source", "datasource", "dataset"),
    "reporter": (
        "reporter", "reporteriso", "reportercode", "reportername", "reportingcountry", "reportingeconomy", "declarant",
        "refarea", "exporter", "country", "countryname", "countrycode", "declarantiso", "ölkə", "ölkənin adı",
        "страна", "国家", "国别", "国家地区",
    ),
    "partner": (
        "partner", "partneriso", "partnercode", "partnername", "partnercountry", "partnereconomy", "tradingpartner",
        "counterpart", "counterpartarea", "counterpartcountry", "partneriso3", "importer", "destination", "origin",
        "tərəfdaş", "tərəfdaş ölkə", "партнер", "партнёр", "страна-партнер", "страна-партнёр", "контрагент",
        "伙伴国", "贸易伙伴", "贸易伙伴名称",
    ),
    "flow": (
        "flow", "flowcode", "tradeflow", "tradeflowcode", "flowname", "direction", "tradetype", "regime", "istiqamət",
        "İstiqamət", "направление", "поток", "进出口", "贸易方向",
    ),
    "period": (
        "period", "timeperiod", "refperiod", "yearmonth", "date", "time", "month", "quarter", "year", "refyear", "yr",
        "dövr", "tarix", "İl", "il", "период", "дата", "год", "时期", "日期", "年", "年份", "年月",
    ),
    "month": ("month", "refmonth", "monthnumber", "mon", "ay", "месяц", "月", "月份"),
    "frequency": ("frequency", "freq", "freqcode"),
    "code": (
        "code", "hscode", "hs", "hs6", "hs4", "hs2", "hs8", "hs10", "cmdcode", "commoditycode", "productcode", "cn8",
        "tariffcode", "tncode", "sitccode", "commodity", "product", "item", "kod", "kodu", "malın kodu", "XİF MN kodu",
        "XİFMN", "код", "код товара", "ТН ВЭД", "код ТН ВЭД", "编码", "商品编码", "税号", "代码", "商品代码",
    ),
    "classification": (
        "classification", "classificationcode", "nomenclature", "hsedition", "hsversion", "hsrevision",
    ),
    "value": (
        "value", "tradevalue", "primaryvalue", "statisticalvalue", "customsvalue", "obsvalue", "amount", "worth",
        "dəyər", "dəyəri", "statistik dəyər", "məbləğ", "стоимость", "статистическая стоимость", "сумма",
        "金额", "价值", "贸易额",
    ),
    "unit": (
        "currency", "currencycode", "valueunit", "unitofvalue", "unitmeasure", "unit", "curr", "valyuta", "валюта",
        "货币", "币种",
    ),
    "valuation": ("valuation", "ciffob", "fobcif", "incoterm", "incoterms", "valuetype", "basis"),
    "is_cumulative": ("cumulative", "iscumulative", "ytd"),
    "net_weight_kg": (
        "netweightkg", "netwgt", "netweight", "netmass", "netmasskg", "weightkg", "weight", "kg", "xalis çəki",
        "netto çəki", "çəki", "вес нетто", "масса нетто", "вес", "净重", "重量",
    ),
    "quantity": (
        "quantity", "qty", "supplementaryquantity", "suppquantity", "miqdar", "miqdarı", "количество", "数量",
        "第一数量",
    ),
    "quantity_unit": (
        "quantityunit", "qtyunit", "qtyunitabbr", "unitofquantity", "supplementaryunit", "uom", "unit", "ölçü vahidi",
        "единица измерения", "计量单位", "单位", "第一计量单位",
    ),
}  # fmt: skip
# How currencies are written inside a name: regular expressions, those that hold others first.
CURRENCIES = (
    (r"us\$|usd|\bus dollars?\b|abş dolları|долл\w*\.?\s*сша|美元", "USD"),
    (r"eur(?:o|os)?\b|\bavro\b|\bевро\b|欧元", "EUR"),
    (r"cny|rmb|\byuan\b|\bюан\w*|人民币元?|元", "CNY"),
    (r"azn|\bmanat\w*|\bманат\w*", "AZN"),
)
# What a unit of values is multiplied with. "min" is Azerbaijani for a thousand.
FACTORS: Mapping[int, tuple[str, ...]] = {
    1_000: (
        "thousand", "thousands", "thous", "ths", "thsd", "k", "min", "тыс", "тысяч", "тысячи", "тысяча", "千", "000",
    ),
    10_000: ("万", "萬"),
    1_000_000: (
        "million", "millions", "mln", "mn", "mio", "milyon", "млн", "миллион", "миллионов", "миллионы", "百万",
    ),
    100_000_000: ("亿", "億"),
    1_000_000_000: (
        "billion", "billions", "bn", "bln", "milyard", "mlrd", "млрд", "миллиард", "миллиардов", "миллиарды", "十亿",
    ),
}  # fmt: skip
# Words that may stand beside a unit of values and say nothing of how large it is.
BESIDE_UNIT = frozenset((
    "value", "values", "trade", "primary", "statistical", "customs", "total", "in", "of", "the", "goods", "import",
    "imports", "export", "exports", "cif", "fob", "amount", "obs", "worth", "turnover", "fobvalue", "cifvalue",
    "importvalue", "exportvalue", "idxal", "ixrac", "idxalın", "ixracın", "ticarət", "dəyəri", "ilə", "gömrük",
    "statistik", "импорт", "импорта", "экспорт", "экспорта", "товаров", "товара", "таможенная", "статистическая", "в",
    "объем", "объём", "进口", "出口", "贸易", "总", "额", "值", "商品", "单位",
    *NAMES["value"],
))  # fmt: skip
KILOGRAMS = frozenset(
    ("", "kg", "kgs", "inkg", "kilogram", "kilograms", "inkilograms", "kq", "кг", "вкг", "千克", "公斤")
)
# What names of columns of values have in them.
VALUE = r"value|amount|usd|us\$|cny|yuan|manat|dəyər|məbləğ|стоимост|сумм|金额|元"

"""Make `data/places/countries.csv`: codes of countries and of groups of countries, and their names as statistics print them.

    python tools/countries.py > src/hamroh/data/places/countries.csv

with `babel`, which the product has; nothing at run time needs it. Codes are those of CLDR, the rest was compiled by hand.
"""

import csv
import sys
from collections.abc import Iterator

from babel import Locale
from babel.core import get_global

HEAD = """\
# Codes of countries and of groups of countries as files of statistics use them, and names that they print.
# source: ISO 3166-1 and M49 codes Unicode CLDR 48 (through Babel 2.18); codes of groups and further names compiled by hand from files of the World Bank, UN DESA and UNHCR
# licence: codes Unicode License v3 (unicode.org/license.txt); the others facts
# date: 2026-11-23
# made by: tools/countries.py
# kind: country (also a territory, or a state that is no more), group (never beside its members in a sum), rest (people whom no country counts). names and other: parted by |
# en, az, ru, tg: the name to show where the gazetteer and CLDR have none
"""
#: M49 numbers that a code had before, or that are not the one of the present state
_FORMER = {"276": "278 280", "231": "230", "729": "736", "887": "720 886", "104": "", "626": "", "250": "249"}
_ALPHA3 = {
    "DE": "DEU",
    "ET": "ETH",
    "FR": "FRA",
    "MM": "MMR",
    "CD": "COD",
    "TL": "TLS",
    "YE": "YEM",
    "SD": "SDN",
    "XK": "XKX",
}
_M49 = {
    "CD": "180",
    "DE": "276",
    "ET": "231",
    "FR": "250",
    "MM": "104",
    "SD": "729",
    "TL": "626",
    "YE": "887",
    "XK": "412",
}
_NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "ZZ", "XA", "XB"}
_OTHER = {
    "GRC": "EL",
    "GBR": "UK",
    "COD": "ZAR",
    "ROU": "ROM",
    "TLS": "TMP",
    "XKX": "KOS|XKK|XKO",
    "PSE": "WBG",
    "AND": "ADO",
    "IMN": "IMY",
    "DEU": "GFR",
    "VNM": "SRV",
    "BGR": "BUL",
    "ARM": "",
    "MKD": "",
}
_NAMES = {
    "AZE": "Azerbaijan Republic|Azerbaidjan",
    "BHS": "Bahamas, The|The Bahamas",
    "BOL": "Bolivia (Plurinational State of)",
    "BRN": "Brunei Darussalam",
    "CIV": "Cote d'Ivoire|Ivory Coast",
    "COD": "Democratic Republic of the Congo|Congo, Dem. Rep.|Dem. Rep. of the Congo|DR Congo",
    "COG": "Congo|Congo, Rep.|Republic of the Congo",
    "CPV": "Cabo Verde|Cape Verde",
    "CUW": "Curacao",
    "CZE": "Czech Republic|Czechia",
    "EGY": "Egypt, Arab Rep.",
    "FSM": "Micronesia (Federated States of)|Micronesia, Fed. Sts.|Micronesia (Fed. States of)",
    "GBR": "United Kingdom of Great Britain and Northern Ireland|Great Britain|UK",
    "GMB": "Gambia, The|The Gambia",
    "HKG": "China, Hong Kong SAR|China, Hong Kong Special Administrative Region|Hong Kong SAR, China|Hong Kong",
    "IRN": "Iran (Islamic Republic of)|Iran, Islamic Rep.|Islamic Republic of Iran",
    "KGZ": "Kyrgyz Republic|Kirgizstan|Kyrgystan|Kirghizia",
    "KOR": "Republic of Korea|Korea, Rep.",
    "PRK": "Democratic People's Republic of Korea|Dem. People's Republic of Korea|Korea, Dem. People's Rep.",
    "LAO": "Lao People's Democratic Republic|Lao PDR",
    "MAC": "China, Macao SAR|China, Macao Special Administrative Region|Macao SAR, China",
    "MDA": "Republic of Moldova|Moldova, Republic of|Moldavia",
    "MKD": "The former Yugoslav Republic of Macedonia|Republic of North Macedonia|Macedonia|FYR Macedonia|Macedonia, FYR",
    "MMR": "Myanmar|Burma",
    "PSE": "State of Palestine|West Bank and Gaza|Occupied Palestinian Territory|Palestine",
    "PRI": "Puerto Rico (US)",
    "RUS": "Russian Federation|Russia",
    "SRB": "Serbia (and Kosovo: S/RES/1244 (1999))",
    "SWZ": "Kingdom of Eswatini|Swaziland",
    "STP": "Sao Tome and Principe",
    "SVK": "Slovak Republic",
    "SYR": "Syrian Arab Republic",
    "TUR": "Turkey|Turkiye",
    "TZA": "United Republic of Tanzania|Tanzania",
    "USA": "United States of America|USA",
    "VAT": "Holy See",
    "VEN": "Venezuela (Bolivarian Republic of)|Venezuela, RB",
    "VGB": "British Virgin Islands",
    "VIR": "United States Virgin Islands|Virgin Islands (U.S.)",
    "VNM": "Viet Nam",
    "WLF": "Wallis and Futuna Islands",
    "YEM": "Yemen, Rep.",
    "BLR": "Belarus|Byelorussia",
    "TKM": "Turkmenia",
    "TJK": "Tadjikistan|Tadzhikistan",
    "KAZ": "Kazakstan",
    "MAF": "Saint Martin (French part)|St. Martin (French part)",
    "SXM": "Sint Maarten (Dutch part)",
    "BES": "Bonaire, Sint Eustatius and Saba",
    "SHN": "Saint Helena",
    "SJM": "Svalbard and Jan Mayen Islands",
    "FLK": "Falkland Islands (Malvinas)",
    "BIH": "Bosnia-Herzegovina",
    "TWN": "Taiwan, China|China, Taiwan Province of China|Taiwan Province of China",
}
#: states that are no more and territories without a code of their own: code, M49, names in English, Azerbaijani, Russian and Tajik
_MORE = (
    ("CHI", "830", "Channel Islands", "Norman adaları", "Нормандские острова", "Ҷазираҳои Норманд"),
    ("SUN", "810", "Soviet Union", "Sovet İttifaqı", "Советский Союз", "Иттиҳоди Шӯравӣ"),
    ("YUG", "890", "Yugoslavia", "Yuqoslaviya", "Югославия", "Югославия"),
    ("SCG", "891", "Serbia and Montenegro", "Serbiya və Monteneqro", "Сербия и Черногория", "Сербия ва Черногория"),
    ("CSK", "200", "Czechoslovakia", "Çexoslovakiya", "Чехословакия", "Чехословакия"),
    ("ANT", "530", "Netherlands Antilles", "Niderland Antil adaları", "Нидерландские Антильские острова", "Ҷазираҳои Антили Нидерланд"),
)  # fmt: skip
_REST = (
    ("XXX", "2003", "UKN|UNK|XXU", "Various / unknown|Other|Unknown|Various|Other/unknown|Not stated", "Other or unknown", "Digər və ya naməlum", "Другие или неизвестно", "Дигар ё номаълум"),
    ("XXA", "", "STA", "Stateless|Stateless persons", "Stateless", "Vətəndaşlığı olmayanlar", "Лица без гражданства", "Шахсони бешаҳрвандӣ"),
    ("XXT", "", "TIB", "Tibetan|Tibetans", "Tibetans", "Tibetlilər", "Тибетцы", "Тибетиҳо"),
)  # fmt: skip
#: groups: of the World Bank by alpha-3, of the United Nations by number
_BANK = {
    "AFE": "Africa Eastern and Southern", "AFW": "Africa Western and Central", "ARB": "Arab World", "CEB": "Central Europe and the Baltics",
    "CSS": "Caribbean small states", "EAP": "East Asia & Pacific (excluding high income)", "EAR": "Early-demographic dividend", "EAS": "East Asia & Pacific",
    "ECA": "Europe & Central Asia (excluding high income)", "ECS": "Europe & Central Asia", "EMU": "Euro area", "EUU": "European Union",
    "FCS": "Fragile and conflict affected situations", "HIC": "High income", "HPC": "Heavily indebted poor countries (HIPC)", "IBD": "IBRD only",
    "IBT": "IDA & IBRD total", "IDA": "IDA total", "IDB": "IDA blend", "IDX": "IDA only", "INX": "Not classified", "LAC": "Latin America & Caribbean (excluding high income)",
    "LCN": "Latin America & Caribbean", "LDC": "Least developed countries: UN classification", "LIC": "Low income", "LMC": "Lower middle income",
    "LMY": "Low & middle income", "LTE": "Late-demographic dividend", "MEA": "Middle East & North Africa", "MIC": "Middle income",
    "MNA": "Middle East & North Africa (excluding high income)", "NAC": "North America", "OED": "OECD members", "OSS": "Other small states",
    "PRE": "Pre-demographic dividend", "PSS": "Pacific island small states", "PST": "Post-demographic dividend", "SAS": "South Asia",
    "SSA": "Sub-Saharan Africa (excluding high income)", "SSF": "Sub-Saharan Africa", "SST": "Small states", "TEA": "East Asia & Pacific (IDA & IBRD countries)",
    "TEC": "Europe & Central Asia (IDA & IBRD countries)", "TLA": "Latin America & the Caribbean (IDA & IBRD countries)",
    "TMN": "Middle East & North Africa (IDA & IBRD countries)", "TSA": "South Asia (IDA & IBRD)", "TSS": "Sub-Saharan Africa (IDA & IBRD countries)",
    "UMC": "Upper middle income", "MEN": "Middle East, North Africa, Afghanistan & Pakistan",
}  # fmt: skip
_NATIONS = {
    "901": "More developed regions", "902": "Less developed regions", "903": "Africa", "904": "Latin America and the Caribbean", "905": "Northern America",
    "906": "Eastern Asia", "908": "Europe", "909": "Oceania", "910": "Eastern Africa", "911": "Middle Africa", "912": "Northern Africa", "913": "Southern Africa",
    "914": "Western Africa", "915": "Caribbean", "916": "Central America", "917": "Central Asia", "918": "Southern Asia|Central and Southern Asia", "920": "South-Eastern Asia",
    "921": "Central and Southern Asia", "922": "Western Asia", "923": "Eastern Europe", "924": "Northern Europe", "925": "Southern Europe", "926": "Western Europe",
    "927": "Australia and New Zealand|Australia/New Zealand", "928": "Melanesia", "931": "South America", "934": "Less developed regions, excluding least developed countries",
    "935": "Asia", "941": "Least developed countries", "947": "Sub-Saharan Africa", "948": "Less developed regions, excluding China",
    "954": "Micronesia (region)", "957": "Polynesia", "1500": "Low-income countries", "1501": "Lower-middle-income countries",
    "1502": "Upper-middle-income countries", "1503": "High-income countries", "1517": "Middle-income countries", "1518": "Low-and-middle-income countries",
    "1636": "Land-locked Developing Countries (LLDC)", "1637": "Small island developing States (SIDS)", "1828": "Sustainable Development Goal (SDG) regions",
    "1829": "Northern Africa and Western Asia", "1830": "Latin America and the Caribbean", "1831": "Eastern Asia and South-Eastern Asia",
    "1832": "Eastern and South-Eastern Asia", "1833": "Northern Africa and Western Asia", "1835": "Oceania (excluding Australia and New Zealand)",
    "1836": "UN development groups", "1840": "Geographic regions", "147": "Sub-Saharan Africa (M49)", "199": "Least developed countries (M49)",
    "432": "Land-locked developing countries (M49)", "722": "Small island developing States (M49)",
}  # fmt: skip
COLUMNS = ("code", "iso2", "m49", "kind", "other", "names", "en", "az", "ru", "tg")


def main() -> None:
    sys.stdout.write(HEAD)
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(sorted(_countries()))
    table.writerows(_others())
    table.writerows(_groups())


def _countries() -> Iterator[tuple[str, ...]]:
    alpha3, numbers = {}, {}
    for code, places in get_global("territory_aliases").items():
        if len(places) == 1 and len(code) == 3:
            (numbers if code.isdigit() else alpha3).setdefault(places[0], code)
    for iso2 in Locale("en").territories:
        if len(iso2) == 2 and iso2 not in _NO_COUNTRY:
            code, m49 = _ALPHA3.get(iso2) or alpha3[iso2], _M49.get(iso2) or numbers[iso2]
            yield (code, iso2, m49, "country", _other(code, m49), _NAMES.get(code, ""), "", "", "", "")


def _other(code: str, m49: str) -> str:
    return "|".join([*filter(None, _OTHER.get(code, "").split("|")), *_FORMER.get(m49, "").split()])


def _others() -> Iterator[tuple[str, ...]]:
    for code, m49, *said in _MORE:
        yield (code, "", m49, "country", "", "", *said)
    for code, m49, other, names, *said in _REST:
        yield (code, "", m49, "rest", other, names, *said)


def _groups() -> Iterator[tuple[str, ...]]:
    yield (
        "WLD",
        "",
        "001",
        "group",
        "900|W00|WORLD|WORLD TOTAL",
        "World|Total, all countries|World total",
        "World",
        "Dünya",
        "Весь мир",
        "Ҷаҳон",
    )
    for code, name in _BANK.items():
        yield (code, "", "", "group", "", name, name.partition("|")[0], "", "", "")
    for number, names in _NATIONS.items():
        yield (number, "", number, "group", "", names, names.partition("|")[0], "", "", "")
    for number, name in sorted(Locale("en").territories.items()):
        if number.isdigit() and number != "001":
            yield (
                number,
                "",
                number,
                "group",
                "",
                name,
                name,
                *(Locale(lang).territories.get(number, "") for lang in ("az", "ru", "tg")),
            )


if __name__ == "__main__":
    main()

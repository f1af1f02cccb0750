"""Currencies as people write them beside an amount: their signs and codes, and which of them may be one."""

import re
from collections.abc import Mapping

CODES = frozenset(  # ISO 4217, without metals and units of account
    re.findall(
        "[A-Z]{3}",
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
        BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
        GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
        KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD
        NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
        SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED
        VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
        """,
    )
)
SIGNS: Mapping[str, str] = {
    "€": "EUR", "£": "GBP", "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD",
    "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "CN¥": "CNY",
    "RMB": "CNY", "₹": "INR", "₩": "KRW", "₪": "ILS", "₺": "TRY", "₽": "RUB", "₴": "UAH", "₫": "VND",
    "฿": "THB", "₱": "PHP", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "SFr.": "CHF", "Fr.": "CHF",
    "Euro": "EUR",
}  # fmt: skip
# Signs that are those of several, under which amounts are kept until something says which.
SHARED: Mapping[str, frozenset[str]] = {
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
}
# Beside another code a bare sign is as likely a currency of its own: who writes CAD at some means it there.
USUAL: Mapping[str, str] = {"$": "USD", "¥": "JPY"}
IN_HEADS = CODES - {"ALL", "TOP"}  # which are words
WRITTEN = "|".join(map(re.escape, sorted([*SIGNS, *SHARED, *CODES], key=len, reverse=True)))
BLANK = "[\\s\u00a0\u202f]*"
HEADED = re.compile(
    "|".join(
        re.escape(sign) for sign in sorted([*SIGNS, *SHARED], key=len, reverse=True) if not sign.isalpha()
    )
    + rf"|\b(?:{'|'.join(sorted(IN_HEADS))}|Euro)\b"
)
# A minus or a bracket may stand before the sign, and a bracket behind it.
FRONT = rf"^([(+\-−]?){BLANK}({WRITTEN}){BLANK}(.*\d.*)$"
BEHIND = rf"^(.*\d.*?){BLANK}({WRITTEN})([)]?)$"
BARE = "^[(+\\-−]{0,2}[\\d.,'’\\s\u00a0\u202f]*\\d[\\d.,'’\\s\u00a0\u202f]*[)\\-−]?$"


def name_of(written: str) -> str:
    """The code of a currency, whatever its case or sign; a sign of several, or another word, as it is."""
    word = written.strip()
    return SIGNS.get(word, word.upper() if word not in SHARED else word)


def one_of_both(one: str, other: str) -> str | None:
    """What two names of a currency say together: of a sign of several and a code the code; else None."""
    if one == other or other in SHARED.get(one, ()):
        return other
    return one if one in SHARED.get(other, ()) else None


def without_sign(cell: str) -> str:
    """An amount without its currency; any other cell as it is."""
    bare = re.sub(BEHIND, r"\1\3", re.sub(FRONT, r"\1\3", cell))
    return bare if re.match(BARE, bare) else cell

"""Words about people that are no names (a leaf). Words that are names too and short forms of names are editable tables,
filled at first from data/."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _set("""
    aunt auntie aunty baby cllr constable councillor dad dame dc dci di dr ds dsup father grandad grandma granny
    inspector lady lord matron miss mr mrs ms mum mx nan nana nurse pc pcso prof professor rev revd reverend
    sergeant sgt sir sister step uncle wpc
""")

# Never part of a name that somebody typed into a list or a field.
NO_NAMES = _set("""
    a adult adults all ambulance an and at baby brother by carer carers child children children's community
    constable consultant council crew dad department deputy designated doctor duty early emergency family female
    for foster friend from general gp grandfather grandmother grandparent half he head headteacher health help
    hospital housing i in infant justice key known lead male manager maternal mental midwife mother mum named
    neighbour none not nurse of officer on paediatrician paramedic parent parents partner paternal police
    practice practitioner probation safeguarding school see senior service services she sibling siblings social
    staff step support teacher team the they to trust unborn unknown visiting visitor ward with worker workers
    youth
""")

PARTICLES = _set("""
    al ap bin bint da de den der di du el ibn la le mac mc o saint st van von
""")

# Two or three capitals that mean something else than initials.
ACRONYMS = _set("""
    abc acs ae ai am cc ci cin cp cpp cqc cv da dc dfe dhr di ds dv ed eg eu gp hr hv icb id ie ip iro it kpi la
    lac ld mash md mh mp nhs no ok ons ot pa pc pe ph pm qa rag re rr rs sab sar sen sin sn sw tv uk vs wt
""")

# Before an ordinary word these say that it is one: "in May", "the Summer", "a Mark".
NOT_BEFORE = _set("""
    a after an and before between by during each early every first for from full half in last late mid next of
    on or second since that the third this through throughout till to until with
""")

# After a word at the start of a sentence these say that it is somebody.
PERSON_VERBS = _set("""
    and asked attended came cried described did died disclosed does gave had has is left lived lives moved
    reported said saw says slept stayed tells told took walked was went who
""")


@cache
def seed_words() -> tuple[str, ...]:
    """Words that are given or family names too: in small letters, or where a capital says nothing, they are words."""
    return tuple((DATA / "ordinary_words.txt").read_text().split())


@cache
def seed_short_forms() -> tuple[tuple[str, str], ...]:
    """(name, short form), as they are common in England."""
    lines = [line.partition(":") for line in (DATA / "short_forms.txt").read_text().splitlines()]
    return tuple((name, short) for name, _, shorts in lines for short in shorts.split())


def short_forms(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Each name with its short forms, and each short form with the names that it is short for."""
    found: dict[str, set[str]] = {}
    for name, short in pairs:
        found.setdefault(name, set()).add(short)
        found.setdefault(short, set()).add(name)
    return {word: frozenset(others) for word, others in found.items()}

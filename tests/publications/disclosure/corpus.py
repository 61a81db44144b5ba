"""Our own test corpus: a case that does not exist, 60 leaks of every kind, and 40 clean pages full of traps.

Each leak has a tag of its own ("[q07]") beside it or, where there is no room for one, words that stand nowhere else. A
leak counts as found where a finding covers its words at its place.
"""

from dataclasses import dataclass
from datetime import date

from publications.disclosure.choices import Kind, Where
from publications.disclosure.known import Day, Fact, Known, Person
from publications.disclosure.ordinary import seed_short_forms, seed_words, short_forms

K, W = Kind, Where
FILE_NAME = "Final report zoe_larkspur-finch"
AUTHOR = "Ptolemy Quill"


def known() -> Known:
    """What the invented case knows."""
    return Known(
        people=[
            Person(K.CHILD, "Child A", ("Zoë Larkspur-Finch", "Zozo Larkspur-Finch")),
            Person(K.CHILD, "Child B", ("Will Finch",)),
            Person(K.FAMILY, "Mother of Child A", ("Marigold Finch", "Goldie Finch")),
            Person(K.FAMILY, "Father of Child A", ("Bartholomew O’Pretend",)),
            Person(K.FAMILY, "Grandmother of Child A", ("Rose May Makebelieve",)),
            Person(K.FAMILY, "Sibling of Child A", ("Summer Finch",)),
            Person(K.PRACTITIONER, "A practitioner", (AUTHOR,)),
            Person(K.PRACTITIONER, "A practitioner", ("Mark Hope",)),
            Person(K.FAMILY, "Carer of Child B", ("Grace Young", "Joy Brown")),
        ],
        days=[
            Day(K.BIRTH, "Date of birth of Child A", date(2018, 5, 4), without_year=True),
            Day(K.DATE, "Date of the incident", date(2025, 11, 2), without_year=True),
            Day(K.DATE, "Date of an event in the chronology", date(2025, 9, 17)),
        ],
        facts=[
            Fact(K.ADDRESS, "Where the family lived", "14 Larch Close, Inventon, ZZ99 3WZ"),
            Fact(K.POSTCODE, "Where the family lived", "ZZ99 3WZ"),
            Fact(K.PHONE, "From the chronology", "01632 960123"),
            Fact(K.NUMBER, "From the chronology", "943 476 5919"),
            Fact(K.EMAIL, "Work e-mail of a practitioner", "p.quill@agency.example"),
            Fact(K.REFERENCE, "Reference of the notification", "SIN-77/2025/0042"),
            Fact(K.REFERENCE, "From the chronology", "22nv/48812/25"),
            Fact(K.SCHOOL, "School or setting of Child A", "St Nowhere’s Primary School"),
            Fact(K.SCHOOL, "School or setting of Child B", "Hope Nursery"),
        ],
        organisations=["Inventshire Safeguarding Children Partnership"],
        short_forms=short_forms(seed_short_forms()),
        ordinary=frozenset(seed_words()),
    )


@dataclass(frozen=True)
class Leak:
    """`words` leak; `sentence` holds them ({} stands for them). `kinds` are what it may be called."""

    words: str
    sentence: str
    kinds: tuple[Kind, ...]
    where: Where = W.BODY


NAME = (K.CHILD, K.FAMILY, K.PRACTITIONER)
BORN, DAY = (K.BIRTH,), (K.DATE,)

TEXT = [
    Leak("Zoë Larkspur-Finch", "The review is about {}, who was seven.", NAME),
    Leak("ZOE LARKSPUR-FINCH", "The referral was headed {} in capitals.", NAME),
    Leak("zoe larkspur-finch", "A note in small letters read {} and no more.", NAME),
    Leak("Larkspur-Finch, Zoe", "In the list of pupils: {}.", NAME),
    Leak("Z. Larkspur-Finch", "The appointment for {} was missed.", NAME),
    Leak("Z Larkspur Finch", "The appointment for {} was moved.", NAME),
    Leak("Z.L.", "The record calls the child {} throughout.", NAME),
    Leak("Zozo", "At home everybody called her {} for short.", NAME),
    Leak("Zoë’s", "It was {} teacher who first asked.", NAME),
    Leak("Larkspurs", "The neighbours spoke of the {} as private people.", NAME),
    Leak("Larkspur", "The house of the {} family was cold.", NAME),
    Leak("LarkspurFinch", "The folder was called {} by the service.", NAME),
    Leak("Larkspurr-Finch", "A letter was addressed to {} by mistake.", NAME),
    Leak("Larksper", "The ambulance log has {} as the name.", NAME),
    Leak("Lark\u00ad\nspur", "The health record for {} was thin.", NAME),
    Leak("Marigold Finch", "Her mother, {}, worked at night.", NAME),
    Leak("Goldie", "Her mother, {} to her friends, was alone.", NAME),
    Leak("M. Finch", "The letter was signed {} in pencil.", NAME),
    Leak("Bartholomew O'Pretend", "Her father, {}, lived elsewhere.", NAME),
    Leak("O Pretend", "The police knew a Mr {} from before.", NAME),
    Leak("Bart", "The worker met {} once at the door.", NAME),
    Leak("Will Finch", "Her brother, {}, was two.", NAME),
    Leak("Will", "The nurse asked about {} and his weight.", NAME),
    Leak("Rose", "Yesterday her grandmother {} came to stay.", NAME),
    Leak("Makebeleive", "The letter went to Mrs {} at her flat.", NAME),
    Leak("Dr Quill", "The child was seen by {} twice.", NAME),
    Leak("PC Hope", "The door was opened to {} at night.", NAME),
    Leak("L a r k s p u r", "On the cover: {} in wide letters.", NAME),
    Leak("4 May 2018", "She was born on {} in hospital.", BORN),
    Leak("2018-05-04", "The system shows {} as her birthday.", BORN),
    Leak("4th of May, 2018", "She was born on the {} at home.", BORN),
    Leak("04/05/18", "The form gives {} for her.", BORN),
    Leak("May 4th", "Her birthday, {}, was forgotten.", BORN),
    Leak("fourth of May 2018", "She was born on the {} at night.", BORN),
    Leak("2.11.2025", "The ambulance came on {} at once.", DAY),
    Leak("2 November", "On Sunday {} the police were called.", DAY),
    Leak("1-2 November 2025", "In the night of {} nobody slept.", DAY),
    Leak("17 Sept 2025", "The strategy meeting of {} decided so.", DAY),
    Leak("14 Larch Close", "The family moved to {} in spring.", (K.ADDRESS,)),
    Leak("Larch Cl.", "Neighbours in {} heard shouting.", (K.ADDRESS,)),
    Leak("ZZ993WZ", "The postcode {} was wrong.", (K.POSTCODE,)),
    Leak("+44 1632 960 123", "The mother rang from {} at noon.", (K.PHONE,)),
    Leak("943-476-5919", "The NHS record {} was merged.", (K.NUMBER,)),
    Leak("A123456789012", "The pupil number {} was used twice.", (K.NUMBER,)),
    Leak("p.quill@agency.example", "Write to {} for the papers.", (K.EMAIL,)),
    Leak("22NV 48812 25", "The police reference is {} for both.", (K.REFERENCE,)),
    Leak("Saint Nowhere's", "The head teacher of {} rang twice.", (K.SCHOOL,)),
    Leak("Hope Nursery", "The staff of {} had no worries.", (K.SCHOOL,)),
]

# The last twelve stand where text does not: each file has its own.
DOCX = [
    Leak("Zoë in the header", "{}", NAME, W.HEADER),
    Leak("Marigold in a footnote", "{}", NAME, W.FOOTNOTE),
    Leak("Zozo in a text box", "{}", NAME, W.TEXT_BOX),
    Leak("Bartholomew in a comment", "{}", NAME, W.COMMENT),
    Leak("Makebelieve inserted", "{}", NAME, W.INSERTED),
    Leak("Larkspur deleted", "{}", NAME, W.DELETED),
    Leak("Quill hidden", "{}", NAME, W.HIDDEN),
    Leak("Portrait of Zoë", "{}", NAME, W.ALT_TEXT),
    Leak(AUTHOR, "{}", NAME, W.PROPERTIES),
    Leak("https://files.example/larkspur-finch", "{}", NAME, W.LINK),
    Leak("Marigold_statement", "{}", NAME, W.FIELD),
    Leak(FILE_NAME, "{}", NAME, W.FILE_NAME),
]
PDF = [
    Leak("Zoë in the header", "{}", NAME, W.BODY),
    Leak("Marigold in a bookmark", "{}", NAME, W.OUTLINE),
    Leak("Zozo in white", "{}", NAME, W.HIDDEN),
    Leak("Larkspur without ink", "{}", NAME, W.HIDDEN),
    Leak("Bartholomew in a comment", "{}", NAME, W.COMMENT),
    Leak("Portrait of Zoë", "{}", NAME, W.ALT_TEXT),
    Leak(AUTHOR, "{}", NAME, W.PROPERTIES),
    Leak("Review of Marigold", "{}", NAME, W.PROPERTIES),
    Leak("https://files.example/larkspur-finch", "{}", NAME, W.LINK),
    Leak("Makebelieve statement.txt", "{}", NAME, W.ATTACHMENT),
    Leak("Quill wrote the attachment", "{}", NAME, W.ATTACHMENT),
    Leak(FILE_NAME, "{}", NAME, W.FILE_NAME),
]


def tag(number: int) -> str:
    return f"[q{number:02d}]"


def sentences() -> list[str]:
    """A paragraph for each leak of the text."""
    return [f"{leak.sentence.format(leak.words)} {tag(number)}" for number, leak in enumerate(TEXT)]


def is_found(number: int, leak: Leak, hits) -> bool:
    """Whether a finding of the right kind at the right place covers words of the leak."""
    for hit in hits:
        if hit.kind in leak.kinds and hit.where == leak.where:
            around = hit.before + hit.found + hit.after
            beside = tag(number) in around if leak in TEXT else _letters(leak.words.split()[-1]) in _letters(around)
            if beside and _touches(hit.found, leak.words):
                return True
    return False


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _touches(found: str, words: str) -> bool:
    one, other = _letters(found), _letters(words)
    return bool(one) and (one in other or other in one)


PARAGRAPHS = """
This review was carried out under Working Together to Safeguard Children, published in December 2023 and in force
since 15 December 2023. It may be read together with the guidance of the national Panel of June 2025.
|In May the family moved. By the end of May 2024 no service had written to the new school, and in the Summer holidays
nobody saw Child A. During the Summer term attendance rose again.
|May we expect more of a duty system? Will a new form help? The Panel hopes so, and marks this as a question for all.
|Mark this well: the number of referrals rose by a third. The marks on the arm were seen by two people who will not be
named here. Hope is no plan.
|Child A and Child B lived with the Mother of Child A. The Father of Child A lived elsewhere. Baby B was born in
hospital and weighed 3.2 kg at 38 weeks. Sibling C was at school.
|Practitioners spoke with warmth of the child. A health visitor wrote that the house was cold in winter and that the
kitchen had no door. One social worker said: “I will go back on Monday.”
|The Rose Review of 2011 and the Munro Review asked for the same. Hope House, a refuge, and the May Centre were not
asked.
|Summer 2024 was hot. Will power is not enough, and a will to change may fade. A rose garden lay behind the ward.
|The Partnership can be reached at safeguarding@inventshire.example or by telephone on 0300 555 0199. The helpline of
the NSPCC is 0808 800 5000; Childline is 0800 1111.
|Between 1 April 2023 and 31 March 2024 the service had 1,204 contacts, of which 37 % led to an assessment; see table
4.2 on page 17. The ratio was 3/5 in the north and 14/20 in the south.
|Recommendation 3: each agency will mark, in its own record, who may consent. The Board will look again in May 2027.
|Professional curiosity, as the Triennial Analysis (2016) calls it, needs time. See Brandon et al. (2020), pages 4-18.
|The school nurse, the midwife and a consultant paediatrician met on a Friday morning. They agreed five points, and
wrote to each agency by the end of that week.
|A strategy discussion is held where there is reasonable cause to suspect significant harm (Children Act 1989, section
47). The review found that it was held late, on the fourth working day.
|Signs of Safety and Graded Care Profile 2 are in use. Neither was finished. The tool’s own guide says that scores
from 14 to 20 call for a plan, and that a plan of more than 12 months is rare.
|What Will Change Now: Hope, Joy And A Wider View. The chapter that follows is for leaders.
|Grace periods for missed visits were not used. A young person should not have to ask. Long waits, little change, and
a grey area between two thresholds: that is what the price of delay looks like. West and North teams differ.
|Multi-agency training reached 412 people. Of those, 61 came from Early Years settings and 58 from primary schools
across the county; a high school sent none. Nursery staff came in large numbers.
|The finch, the larch and the quill on the cover were drawn by young people. They wished that adults would just
listen.
|On 12 July 2021 the government published its answer. The Domestic Abuse Act 2021 came into force on 1 October 2021,
and guidance followed on 8 July 2022.
|Some things went well. A teaching assistant kept a diary. A neighbour rang twice. A police officer stayed until the
ambulance came, and told the control room so. The hospital’s named nurse did not give up.
|The record says that he “may be at risk”, that she “will be seen”, and that a marker was set. No one can say by whom.
In summer a duty worker closed it. Rose-coloured notes are a risk in themselves.
|Ofsted, the Care Quality Commission and HMICFRS looked at the front door in a Joint Targeted Area Inspection. Their
letter names four strengths. Families said that letters were long and hard.
|Fathers were asked too seldom. Where a man lives apart, he is left out of the plan; see also “The Myth of Invisible
Men”, published by the national Panel in September 2021.
|Version 3.1, agreed by the Safeguarding Partners. Copies can be had from the Business Unit, PO Box 12, Inventshire.
|Children want to be told what happens next. Mark Scheme B of the audit gives one point for a date, and one for a
name.
|Child A said that the best day was a day by the sea. Her wish is the last word of this review: hope.
|Joy is not measured. Young carers, brown envelopes and a Young Carers’ Day: the Panel asks each agency to act with
grace.
|How many reviews are there in England? Some 330 notifications a year, of which about half concern a baby under one.
|Learning is shared by a seven-minute briefing, a webinar in the Spring and a newsletter. Park that thought: products
are not practice. Practice is what a child sees on a Tuesday in June.
|Key line of enquiry 2. How did agencies share what they knew at discharge? They did so by post. Page 9 of the plan
was blank, and the box “seen alone” was ticked in 11 of 16 visits between January 2024 and March 2025.
"""


def clean_paragraphs(pages: int = 40) -> list[list[str]]:
    """Chapters of ordinary prose, without one name of the case; each page in another order and with its own numbers."""
    parts = [" ".join(part.split()) for part in PARAGRAPHS.split("|") if part.strip()]
    made = []
    for page in range(pages):
        turned = parts[page % len(parts) :] + parts[: page % len(parts)]
        made.append([f"{page + 1}.{number} {part}" for number, part in enumerate(turned[:9], 1)])
    return made

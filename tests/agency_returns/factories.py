"""Requests and returns at any status, by the real workflow. All names are invented and must never leak."""

import re
from datetime import date, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from agency_returns import workflow
from agency_returns.actors import Actor
from agency_returns.choices import ISSUES, Finding, Part
from agency_returns.models import AgencyReturn, InformationRequest, ReturnFile
from agency_returns.states import Status
from agency_returns.workflow import Wanted
from chronology.facts import RowFacts
from chronology.workflow import add_row
from notifications.models import Message
from panel.models import Agency
from panel.roles import Role
from referrals.states import Status as CaseStatus
from tests.access_links.factories import newest_code
from tests.referrals.factories import SECRET, person_with, referral_at

TEXT = f"We knew {SECRET} well."
LEAD = "lead.invented@agency.example"
SIGNER = "senior.invented@agency.example"


def give_leads(domain: str = "agency.example") -> None:
    """Every agency gets a safeguarding lead: "Lea Council", lea.council@agency.example."""
    for agency in Agency.objects.all():
        agency.safeguarding_lead = f"Lea {agency.short_name}"
        agency.safeguarding_address = f"lea.{agency.short_name.lower()}@{domain}"
        agency.save()


def make_case(**facts):
    give_leads()
    return referral_at(CaseStatus.UNDER_REVIEW, **facts)


def ask(referral=None, *, agency=None, now=None, due_in: int = 7, by=None) -> InformationRequest:
    """One request, asked at `now`, to the first involved agency unless one is given."""
    now = now or timezone.now()
    referral = referral or make_case(now=now)
    agency = agency or referral.involved_agencies.order_by("agency__pk")[0].agency
    due = timezone.localdate(now) + timedelta(days=due_in)
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    return workflow.ask(
        referral=referral, agencies=[agency], wanted=Wanted(due_on=max(due, timezone.localdate(now))), by=by, now=now
    )[0]


def contributor(request: InformationRequest) -> Actor:
    return Actor(request.lead_name, request.lead_address)


def signer() -> Actor:
    return Actor("Sen Invented", SIGNER)


def write(request: InformationRequest, *, now=None, text: str = TEXT) -> AgencyReturn:
    """Every part, and one row of chronology."""
    now, by = now or timezone.now(), contributor(request)
    for part in Part:
        finding = Finding.PARTLY if part in ISSUES else ""
        workflow.save_part(request=request, key=part, text=text, finding=finding, by=by, now=now)
    version = request.current
    add_row(
        referral=request.referral, agency=request.agency, source_key=version.source_key, release=False, by=None,
        by_label=by.label(request.agency), now=now,
        facts=RowFacts(happened_on=date(2024, 5, 3), event=f"Seen at home with {SECRET}."),
    )  # fmt: skip
    return version


def submit(request: InformationRequest, *, now=None) -> AgencyReturn:
    return workflow.submit(
        request=request, signer_name="Sen Invented", signer_address=SIGNER, by=contributor(request),
        now=now or timezone.now(),
    )  # fmt: skip


def attach(request: InformationRequest, title: str = "Report", *, data: bytes = b"", by=None, now=None) -> ReturnFile:
    """A text file whose name holds what must not leak."""
    return workflow.attach(
        request=request, file=ContentFile(data or f"{title}\n".encode(), name=f"{SECRET} {title}.txt"), kind="other",
        description=title, by=by or contributor(request), now=now or timezone.now(),
    )  # fmt: skip


def request_at(status: Status, *, referral=None, agency=None, now=None, files=()) -> InformationRequest:
    now = now or timezone.now()
    request = ask(referral, agency=agency, now=now)
    by = contributor(request)
    if status == Status.OPENED:
        open_by_code(request)
    elif status == Status.STARTED:
        workflow.save_part(request=request, key=Part.SUMMARY, text=TEXT, by=by, now=now)
    elif status in (Status.SIGNING, Status.RETURNED):
        write(request, now=now)
        for title in files:
            attach(request, title, now=now)
        version = submit(request, now=now)
        if status == Status.RETURNED:
            workflow.sign_off(version=version, by=signer(), now=now)
    elif status == Status.NO_INVOLVEMENT:
        workflow.declare_no_involvement(request=request, by=by, now=now)
    elif status == Status.CLOSED:
        workflow.close(request=request, by=person_with(Role.BUSINESS_MANAGER, now), now=now)
    return InformationRequest.objects.select_related("referral", "agency").get(pk=request.pk)


def token_in(message: Message) -> str:
    """The token of the link in a mail."""
    return re.search(r"/link/([\w-]+)/", message.text)[1]


def newest_token(kind: str, address: str, reference: str = "") -> str:
    """The token of the last mail of that kind to `address`, about the case `reference` where it is given."""
    mails = Message.objects.filter(kind=kind, address=address, **({"reference": reference} if reference else {}))
    return token_in(mails.order_by("-pk")[0])


def enter(token: str, address: str, client: Client | None = None) -> Client:
    """A browser that has given the link's code."""
    client = client or Client()
    client.post(reverse("access_links:link", args=[token]))
    response = client.post(reverse("access_links:code", args=[token]), {"code": newest_code(address)})
    assert response.status_code == 302, "the code was refused"
    return client


def open_by_code(request: InformationRequest) -> tuple[Client, str]:
    """(browser, token) of the newest link to the request's lead."""
    token = newest_token("return-asked", request.lead_address)
    return enter(token, request.lead_address), token


def spreadsheet(rows: int = 200, **bad: str) -> bytes:
    """An XLSX with our headings and `rows` good rows; `bad` replaces cells of the first row."""
    book = Workbook()
    sheet = book.worksheets[0]
    names = ["Date", "Time", "Source", "Event", "Child seen"]
    sheet.append(names)
    for number in range(rows):
        day = date(2023, 1, 1) + timedelta(days=number)
        values = dict(zip(names, [day, "14:30", "Record", f"Contact number {number + 1}.", "Yes"], strict=True))
        sheet.append([*(values | (bad if number == 0 else {})).values()])
    out = BytesIO()
    book.save(out)
    return out.getvalue()

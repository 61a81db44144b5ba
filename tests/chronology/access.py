"""Who gets what from every URL of the chronology."""

from datetime import date

from chronology import workflow
from chronology.models import Finding
from tests.access import Row, World
from tests.chronology.factories import add, line, make_case, preview_of, xlsx
from tests.referrals.factories import invite, wall_off

WALLS = {"walled": 404, "outsider": 404, "anonymous": 302}
ALL = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
       "invited": 200} | WALLS  # fmt: skip
PANEL = ALL | {"partner": 403, "scrutineer": 403, "invited": 403}


def build(world: World) -> None:
    """A case with one row, one finding, one that was dismissed, one kept preview and one PDF in the making."""
    manager = world.cast.business_manager
    referral = make_case(2, by=manager, now=world.now)
    wall_off(referral, world.cast.walled, by=manager, now=world.now)
    invite(referral, world.cast.invited, by=manager, now=world.now)
    world.chronology_case = referral
    world.chronology_row = add(referral, None, date(2025, 1, 6), by=manager)
    kept, dismissed = Finding.objects.filter(referral=referral, agency=None).order_by("pk")[:2]
    workflow.dismiss_finding(referral=referral, identity=dismissed.identity, reason="Known.", by=manager, now=world.now)
    world.chronology_findings = (kept.identity, dismissed.identity)
    file = xlsx([line("03/05/2020", "Invented event.")])
    world.chronology_export = workflow.ask_export(
        referral=referral, filters={}, rows=1, with_names=False, by=manager, now=world.now
    )
    world.chronology_preview = preview_of(file, referral, None, by=manager, now=world.now)


def case(**more):
    return lambda world: {"reference": world.chronology_case.reference} | more


def row(world):
    return {"reference": world.chronology_case.reference, "key": world.chronology_row.key}


def preview(world):
    return {"reference": world.chronology_case.reference, "key": world.chronology_preview.key}


def finding(number):
    return lambda world: {
        "reference": world.chronology_case.reference,
        "identity": world.chronology_findings[number],
    }


def export(world):
    return {"reference": world.chronology_case.reference, "key": world.chronology_export.key}


MINE = {name: 404 if status == 200 else status for name, status in ALL.items()}  # who asked for it, and nobody else

ROWS = {
    "chronology:timeline": Row(case(), **ALL),
    "chronology:findings": Row(case(), **ALL),
    "chronology:finding-dismiss": Row(finding(0), **PANEL),
    "chronology:finding-restore": Row(finding(1), **PANEL),
    "chronology:picture": Row(case(), **ALL),
    "chronology:gap-length": Row(case(), **PANEL),
    "chronology:row-add": Row(case(), **PANEL),
    "chronology:row-edit": Row(row, **PANEL),
    "chronology:row-withdraw": Row(row, **PANEL),
    "chronology:row-episode": Row(row, **PANEL),
    "chronology:import": Row(case(), **PANEL),
    "chronology:import-preview": Row(preview, **PANEL),
    "chronology:template": Row(case(kind="xlsx"), **PANEL),
    "chronology:export-new": Row(case(), **ALL),
    "chronology:export-page": Row(export, **MINE | {"business_manager": 200}),
    "chronology:export-progress": Row(export, **MINE | {"business_manager": 200}),
    "chronology:export-file": Row(export, **MINE | {"business_manager": 302}),  # not made yet: to its page
    "chronology:export": Row(case(kind="xlsx"), **ALL),
}

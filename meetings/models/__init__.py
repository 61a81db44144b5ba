from meetings.models.agenda import AgendaItem, Dissent, ItemAction, ItemConflict
from meetings.models.invitations import Invitation, Presence, Sitting
from meetings.models.minutes import MinuteEntry, Minutes
from meetings.models.packs import Pack, PackCase
from meetings.models.terms import TermsReview

__all__ = [
    "AgendaItem",
    "Dissent",
    "Invitation",
    "ItemAction",
    "ItemConflict",
    "MinuteEntry",
    "Minutes",
    "Pack",
    "PackCase",
    "Presence",
    "Sitting",
    "TermsReview",
]

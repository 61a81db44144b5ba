from learning.models.base import LearningNumber, PracticeArea
from learning.models.briefings import BriefingPart, BriefingText, SevenMinuteBriefing
from learning.models.messages import ImpactCheck, ImpactInterval, KeyMessage, MessageAudience, MessagePoint
from learning.models.points import LearningPoint, PointAgency, PointTheme
from learning.models.products import Attendance, Cascade, Product
from learning.models.reading import OtherReview, Reader

__all__ = [
    "Attendance",
    "BriefingPart",
    "BriefingText",
    "Cascade",
    "ImpactCheck",
    "ImpactInterval",
    "KeyMessage",
    "LearningNumber",
    "LearningPoint",
    "MessageAudience",
    "MessagePoint",
    "OtherReview",
    "PointAgency",
    "PointTheme",
    "PracticeArea",
    "Product",
    "Reader",
    "SevenMinuteBriefing",
]

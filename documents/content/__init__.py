"""What is inside a file: is it what it says it is, may it be kept, and what can be taken out of it."""

from documents.content.cleaning import Cleaned, clean
from documents.content.identify import FileRefused, FileType, identify
from documents.content.kinds import ACCEPT, ALLOWED

__all__ = ["ACCEPT", "ALLOWED", "Cleaned", "FileRefused", "FileType", "clean", "identify"]

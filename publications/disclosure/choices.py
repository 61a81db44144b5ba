"""Closed lists of the disclosure check (a leaf)."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a finding is, in the order in which the result page shows it."""

    CHILD = "child", "Name of a child"
    FAMILY = "family", "Name of somebody round the children"
    PRACTITIONER = "practitioner", "Name of a practitioner"
    BIRTH = "birth", "Date of birth"
    DATE = "date", "Exact date"
    ADDRESS = "address", "Address"
    POSTCODE = "postcode", "Postcode"
    SCHOOL = "school", "School or setting"
    PHONE = "phone", "Telephone number"
    EMAIL = "email", "E-mail address"
    NUMBER = "number", "NHS, pupil or national insurance number"
    REFERENCE = "reference", "Reference of a case"
    PROPERTY = "property", "Author or another property"
    CHANGES = "changes", "Tracked changes, comments or hidden text"
    UNREAD = "unread", "Could not be read"


class Where(TextChoices):
    """In which part of the file or text something stands."""

    BODY = "body", "Text"
    HEADER = "header", "Header or footer"
    FOOTNOTE = "footnote", "Footnote or endnote"
    TEXT_BOX = "text_box", "Text box"
    COMMENT = "comment", "Comment"
    INSERTED = "inserted", "Tracked insertion"
    DELETED = "deleted", "Tracked deletion"
    HIDDEN = "hidden", "Hidden text"
    ALT_TEXT = "alt_text", "Text for screen readers"
    DRAWING = "drawing", "Chart or drawing"
    FIELD = "field", "Field, bookmark or form"
    LINK = "link", "Address of a link"
    OUTLINE = "outline", "Bookmark of the PDF"
    ATTACHMENT = "attachment", "File inside the file"
    PROPERTIES = "properties", "Properties of the file"
    AS_GIVEN = "as_given", "Properties of the file as it came (not in the stored file)"
    FILE_NAME = "file_name", "Name of the file as it came"
    WEB = "web", "Text of the web page"

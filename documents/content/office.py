"""Office and OpenDocument: properties, authors of comments and changes taken out; what is written stays."""

import io
import zipfile

from documents.content import archives

PROPERTIES = "the document's properties (author, last saved by, company, title, dates)"
AUTHORS = "names of people who commented or changed something"
PREVIEW = "the preview picture"
PICTURES = "details inside pictures"
TEXT = "what is written in the document, comments and tracked changes included"
OBJECTS = "the properties of documents that stand inside this one"
NOBODY = "Author"
TEMPLATE = "the address of the template, which often holds a person's account name"
LINKS = "addresses of other workbooks that it refers to"
OTHERS = "what other programs noted in it (custom XML)"
SIGNED = "the properties and names in it: it is digitally signed, and taking anything out would break the signature"
DROPPED = ("docprops/custom.xml", "docprops/thumbnail", "thumbnails/")
KEPT_PROPERTIES = frozenset({"Application", "DocSecurity", "ScaleCrop", "AppVersion"})
NAMES = frozenset(  # attributes that hold a person's name, in any part
    {"author", "initials", "userId", "providerId", "displayName", "userName", "name"}
)
PEOPLE_PARTS = ("word/people.xml", "xl/persons/", "ppt/commentauthors.xml", "ppt/authors.xml")
ODT_PEOPLE = frozenset({"creator", "creator-initials", "sender-initials", "initial-creator", "printed-by"})


def clean(data: bytes) -> tuple[bytes, list[str], list[str]]:
    """(bytes, what was taken out, what was left)."""
    if is_signed(data):
        return data, [], [SIGNED]
    taken: set[str] = set()
    left = [TEXT]
    out = io.BytesIO()
    with archives.opened(data) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            name, lower = entry.filename, entry.filename.lower()
            if lower.startswith(DROPPED):
                taken.add(PREVIEW if "thumbnail" in lower else PROPERTIES)
                continue
            content = archives.part(source, name)
            plain = zipfile.ZipInfo(name)  # without the times at which parts were saved
            plain.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(plain, _part(lower, content, taken))
            if archives.OBJECTS.search(lower):
                left.append(OBJECTS)
            if lower.startswith("xl/externallinks/"):
                left.append(LINKS)
            if lower.startswith("customxml/"):
                left.append(OTHERS)
            if lower.endswith((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".emf", ".wmf")):
                left.append(PICTURES)
    return out.getvalue(), sorted(taken), list(dict.fromkeys(left))


def is_signed(data: bytes) -> bool:
    with archives.opened(data) as archive:
        return any(
            name.lower().startswith("_xmlsignatures/") or name == "META-INF/documentsignatures.xml"
            for name in archive.namelist()
        )


def _part(name: str, content: bytes, taken: set[str]) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return content
    if name in {"docprops/core.xml", "docprops/app.xml"}:
        return _properties(content, taken)
    root = archives.parsed(content)
    if name in {"[content_types].xml", "_rels/.rels"}:
        changed = _forget_dropped(root)
    elif name == "word/_rels/settings.xml.rels":
        changed = _forget_template(root, taken)
    elif name == "meta.xml":
        changed = _empty_meta(root, taken)
    else:
        changed = _forget_people(root, name)
        if changed:
            taken.add(AUTHORS)
    return archives.written(root) if changed else content


def _properties(content: bytes, taken: set[str]) -> bytes:
    root = archives.parsed(content)
    for child in list(root):
        if archives.local(child) not in KEPT_PROPERTIES:
            if (child.text or "").strip() or len(child):
                taken.add(PROPERTIES)
            root.remove(child)
    return archives.written(root)


def _forget_dropped(root: archives.Element) -> bool:
    """Take the parts that are gone out of the lists of parts."""
    changed = False
    for child in list(root):
        target = (child.get("Target") or child.get("PartName") or "").lower().lstrip("/")
        if target.startswith(DROPPED):
            root.remove(child)
            changed = True
    return changed


def _forget_template(root: archives.Element, taken: set[str]) -> bool:
    """Nothing is fetched from where the template was, and nobody reads in whose folder that is."""
    changed = False
    for link in root:
        if link.get("Type", "").endswith("/attachedTemplate") and link.get("Target") != "Normal.dotm":
            link.set("Target", "Normal.dotm")
            taken.add(TEMPLATE)
            changed = True
    return changed


def _empty_meta(root: archives.Element, taken: set[str]) -> bool:
    for child in list(root):
        for fact in list(child):
            if archives.local(fact) not in {"generator", "document-statistic"}:
                child.remove(fact)
                taken.add(PROPERTIES)
    return True


def _forget_people(root: archives.Element, name: str) -> bool:
    """Put NOBODY for each person in comments, tracked changes and lists of people."""
    changed = False
    in_people = name.startswith(PEOPLE_PARTS)
    for element in root.iter():
        tag = archives.local(element)
        is_person = tag in ODT_PEOPLE or (tag == "author" and "comments" in name)
        if is_person and element.text and element.text != NOBODY:
            element.text = NOBODY
            changed = True
        for attribute, value in element.attrib.items():
            plain = attribute.rpartition("}")[2]
            is_name = plain in {"author", "initials"} or (in_people and plain in NAMES)
            if is_name and value and value != NOBODY:
                element.set(attribute, NOBODY[:1] if plain == "initials" else NOBODY)
                changed = True
    return changed

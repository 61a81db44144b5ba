"""How the events of documents read. The app that owns them registers these with the audit trail.

`document_name` is the neutral name: no event holds the name under which a file came.
"""

SENTENCES = {
    "document.stored": "{actor} stored {document_name} ({kind}).{given}",
    "document.waiting": "{actor} uploaded {document_name} ({kind}). It waits for the virus scan.{given}",
    "document.refused": "The virus scan refused {document_name}: {text}. The file was not kept.{given}",
    "document.scanned": "The virus scan found nothing in {document_name}.",
    "document.read": "{actor} downloaded {document_name}.",
    "document.looked_at": "{actor} looked at the record of {document_name}.",
    "document.withdrawn": "{actor} withdrew {document_name}: {text}",
    "document.held": "{actor} put {document_name} on legal hold: {text}",
    "document.released": "{actor} ended the legal hold of {document_name}: {text}",
    "document.disposed": "{actor} disposed of {document_name}: {text}",
}

import logging

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from documents import workflow
from documents.models import Document

logger = logging.getLogger(__name__)


@require_GET
def download(request: HttpRequest, key: str) -> FileResponse:
    """The file, as an attachment and nothing else, for those to whom it exists and who may read it. Audited."""
    documents = Document.objects.visible_to(request.user).downloadable().select_related("kind")
    document = get_object_or_404(documents, key=key)
    try:
        file = workflow.open_for(document=document, by=request.user, now=timezone.now())
    except FileNotFoundError as error:
        logger.exception("The file of %s is not in storage: run manage.py documents_verify.", document.name)
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename=document.filename, content_type=document.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response

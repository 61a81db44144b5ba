"""Files sent one by one by the upload page's script: each is stored or refused for itself, and can be taken back."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import WorkflowError
from documents import workflow
from documents.forms import UploadForm
from documents.models import Document
from documents.uploads import is_key, store_each
from panel.permissions import Permission
from referrals.documents import key_of
from referrals.models import Referral
from referrals.views.base import case_page, needs

NOT_DONE = 422


@require_POST
@case_page
@needs(Permission.ADD_DOCUMENTS)
def upload_one(request: HttpRequest, referral: Referral) -> HttpResponse:
    """One file with what the page says of it: stored, or why not."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(" ".join(str(errors[0]) for errors in form.errors.values()))
    outcome = store_each(
        form.cleaned_data["chosen"][:1], owner_key=key_of(referral), reference=referral.reference, by=request.user,
        now=timezone.now(), **form.facts(),
    )  # fmt: skip
    for _, sentence in outcome.refused:
        return _refused(sentence)
    (document,) = outcome.stored
    said = f"Stored as {document.filename}, {document.get_marking_display()}."
    if outcome.waiting:
        said += " It waits for the virus scan."
    return JsonResponse({"stored": str(document.key), "said": said})


@require_POST
@case_page
@needs(Permission.ADD_DOCUMENTS)
def take_back(request: HttpRequest, referral: Referral) -> HttpResponse:
    """A file that was the wrong one: withdrawn by who has just uploaded it."""
    key = request.POST.get("stored", "")
    mine = Document.objects.visible_to(request.user).of(key_of(referral)).filter(uploaded_by=request.user)
    document = get_object_or_404(mine, key=key if is_key(key) else None)
    try:
        workflow.take_back(document=document, by=request.user, now=timezone.now())
    except WorkflowError as error:
        return _refused(str(error))
    return JsonResponse({"said": "Removed."})


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=NOT_DONE)

from django.urls import path

from practice_reviews.views import (
    asking,
    checking,
    drafts,
    family,
    letters,
    practitioners,
    proceedings,
    reviews,
    signing,
    steps,
)
from practice_reviews.views.checking import as_member, by_link

app_name = "practice_reviews"

ONE = "review/<str:reference>/"

DRAFT = f"{ONE}drafts/<int:number>/"

# Each page of a check has two addresses: behind a link, and for a signed-in member of the agency.
PAGES = [
    ("", checking.check, "check"),
    ("file/", checking.file, "file"),
    ("comments/new/", checking.new_comment, "comment-new"),
    ("comments/<uuid:key>/", checking.change_comment, "comment"),
    ("comments/<uuid:key>/remove/", checking.remove_comment, "comment-remove"),
    ("send/", checking.send, "send"),
    ("no-comments/", checking.no_comments, "none"),
    ("take-back/", checking.take_back, "take-back"),
]

urlpatterns = [
    *(path(f"drafts/link/<str:token>/{route}", by_link(view), name=f"link-{name}") for route, view, name in PAGES),
    *(path(f"drafts/mine/<int:pk>/{route}", as_member(view), name=f"mine-{name}") for route, view, name in PAGES),
    path(f"{ONE}family/", family.family, name="family"),
    path(f"{ONE}family/add/", family.add, name="family-add"),
    path(f"{ONE}family/<uuid:key>/", family.member, name="family-member"),
    path(f"{ONE}family/<uuid:key>/reach/", family.reach, name="family-reach"),
    path(f"{ONE}family/<uuid:key>/leave-out/", family.leave_out, name="family-leave-out"),
    path(f"{ONE}family/<uuid:key>/<slug:slug>/", family.contact, name="family-contact"),
    path(f"{ONE}practitioners/", practitioners.events, name="practitioners"),
    path(f"{ONE}practitioners/add/", practitioners.add, name="event-add"),
    path(f"{ONE}practitioners/<int:pk>/", practitioners.change, name="event-change"),
    path(f"{ONE}practitioners/<int:pk>/held/", practitioners.hold, name="event-held"),
    path(f"{ONE}practitioners/<int:pk>/cancel/", practitioners.cancel, name="event-cancel"),
    path(f"{ONE}practitioners/<int:pk>/again/", practitioners.again, name="event-again"),
    path(f"{ONE}proceedings/", proceedings.proceedings, name="proceedings"),
    path(f"{ONE}proceedings/add/", proceedings.add, name="proceeding-add"),
    path(f"{ONE}proceedings/carry-over/", proceedings.carry_over, name="proceeding-carry"),
    path(f"{ONE}proceedings/<int:pk>/", proceedings.change, name="proceeding-change"),
    path(f"{ONE}proceedings/<int:pk>/end/", proceedings.end, name="proceeding-end"),
    path(f"{ONE}proceedings/<int:pk>/reopen/", proceedings.reopen, name="proceeding-reopen"),
    path(f"{ONE}drafts/", drafts.drafts, name="drafts"),
    path(f"{ONE}drafts/add/", drafts.add, name="draft-add"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}file/", drafts.file, name="draft-file"),
    path(f"{DRAFT}circulate/", drafts.circulate, name="draft-circulate"),
    path(f"{DRAFT}extend/", drafts.extend, name="draft-extend"),
    path(f"{DRAFT}close/", drafts.close_round, name="draft-close"),
    path(f"{DRAFT}withdraw/", drafts.withdraw, name="draft-withdraw"),
    path(f"{DRAFT}checks/<int:pk>/again/", drafts.ask_again, name="check-again"),
    path(f"{DRAFT}checks/<int:pk>/close/", drafts.close_check, name="check-close"),
    path(f"{DRAFT}comments/<uuid:key>/", drafts.answer, name="comment-answer"),
    path(f"{ONE}sign-off/", signing.sign_off, name="sign-off"),
    path(f"{ONE}sign-off/sign/", signing.sign, name="sign"),
    path(f"{ONE}sign-off/reopen/", signing.reopen, name="review-reopen"),
    path(f"{ONE}sign-off/agree/<slug:partner>/", signing.agree, name="partner-agree"),
    path(f"{ONE}sign-off/agreements/<int:pk>/", signing.withdraw_agreement, name="agreement-withdraw"),
    path("", reviews.review_list, name="list"),
    path("commission/", reviews.commission, name="commission"),
    path("cases/<str:reference>/", reviews.case, name="case"),
    path("cases/<str:reference>/commission/", reviews.commission_case, name="commission-case"),
    path("link/<str:token>/", asking.by_link, name="ask-link"),
    path(ONE, reviews.review, name="review"),
    path(f"{ONE}letters/<int:pk>/", letters.letter, name="letter"),
    path(f"{ONE}letters/<int:pk>/pdf/", letters.letter_pdf, name="letter-pdf"),
    path(f"{ONE}agency/answer/", asking.answer, name="ask-answer"),
    path(f"{ONE}agency/<slug:slug>/", asking.step, name="ask-step"),
    path(f"{ONE}do/<slug:slug>/", steps.step, name="step"),
    path(f"{ONE}do/<slug:slug>/<int:pk>/", steps.row_step, name="row-step"),
]

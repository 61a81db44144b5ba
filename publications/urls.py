from django.urls import path

from publications.views import day, disclosure, ending, plan, words

app_name = "publications"

ONE = "<str:reference>/"

urlpatterns = [
    path("", plan.publications, name="list"),
    path("cases/<str:reference>/", plan.case, name="case"),
    path(f"{ONE}start/", plan.start, name="start"),
    path(ONE, plan.publication, name="publication"),
    path(f"{ONE}move/", plan.move, name="move"),
    path(f"{ONE}steps/add/", plan.add_step, name="step-add"),
    path(f"{ONE}steps/<int:pk>/", plan.step, name="step"),
    path(f"{ONE}check-links/", plan.check_links, name="check-links"),
    path(f"{ONE}text/", words.text, name="text"),
    path(f"{ONE}report/", words.report, name="report"),
    path(f"{ONE}strategy/", words.strategy, name="strategy"),
    path(f"{ONE}strategy/edit/", words.edit_strategy, name="strategy-edit"),
    path(f"{ONE}strategy/pdf/", words.strategy_pdf, name="strategy-pdf"),
    path(f"{ONE}strategy/<int:number>/", words.strategy, name="strategy-version"),
    path(f"{ONE}agree/<slug:subject>/", words.agree, name="agree"),
    path(f"{ONE}day/", day.day, name="day"),
    path(f"{ONE}day/add/", day.add, name="day-add"),
    path(f"{ONE}day/<int:pk>/", day.change, name="day-change"),
    path(f"{ONE}day/<int:pk>/remove/", day.remove, name="day-remove"),
    path(f"{ONE}day/<int:pk>/tick/", day.tick, name="day-tick"),
    path(f"{ONE}publish/", ending.publish, name="publish"),
    path(f"{ONE}take-down/", ending.take_down, name="take-down"),
    path(f"{ONE}withhold/", ending.withhold, name="withhold"),
    path(f"{ONE}plan-again/", ending.again, name="plan-again"),
    path(f"{ONE}told/", ending.told, name="told"),
    path(f"{ONE}comment/", ending.comment, name="comment"),
    path(f"{ONE}disclosure/", disclosure.check, name="disclosure"),
    path(f"{ONE}disclosure/check/", disclosure.ask, name="disclosure-ask"),
    path(f"{ONE}disclosure/again/", disclosure.again, name="disclosure-again"),
    path(f"{ONE}disclosure/propose/", disclosure.propose, name="disclosure-propose"),
    path(f"{ONE}disclosure/decide/", disclosure.decide, name="disclosure-decide"),
    path(f"{ONE}disclosure/reopen/", disclosure.reopen, name="disclosure-reopen"),
    path(f"{ONE}disclosure/<int:number>/", disclosure.check, name="disclosure-check"),
    path(f"{ONE}disclosure/<int:number>/list/", disclosure.paper, name="disclosure-list"),
]

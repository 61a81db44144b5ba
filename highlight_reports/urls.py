from django.urls import path

from highlight_reports import views

app_name = "highlight_reports"

urlpatterns = [
    path("", views.report_list, name="report-list"),
    path("new/", views.start, name="report-start"),
    path("link/<str:token>/", views.link_answer, name="link-answer"),
    path("link/<str:token>/pdf/", views.link_pdf, name="link-pdf"),
    path("<slug:reference>/", views.detail, name="report-detail"),
    path("<slug:reference>/dates/", views.dates, name="report-reschedule"),
    path("<slug:reference>/commentary/<slug:section>/", views.commentary, name="commentary-edit"),
    path("<slug:reference>/discard/", views.discard, name="report-discard"),
    path("<slug:reference>/submit/", views.submit, name="report-submit"),
    path("<slug:reference>/approve/", views.approve, name="report-approve"),
    path("<slug:reference>/send-back/", views.send_back, name="report-send-back"),
    path("<slug:reference>/render/", views.render_again, name="report-render"),
    path("<slug:reference>/send/", views.send, name="report-send"),
    path("<slug:reference>/progress/", views.progress, name="report-progress"),
    path("<slug:reference>/pdf/", views.pdf, name="report-pdf"),
    path("<slug:reference>/wider/", views.wider_pdf, name="report-wider"),
    path("<slug:reference>/figures/<slug:section>/<slug:key>/", views.figure, name="report-figure"),
    path("<slug:reference>/asks/add/", views.ask_add, name="ask-add"),
    path("<slug:reference>/asks/<int:pk>/drop/", views.ask_drop, name="ask-drop"),
    path("<slug:reference>/answer/", views.answer, name="report-answer"),
    path("<slug:reference>/withdraw/", views.withdraw, name="report-withdraw"),
    path("<slug:reference>/correct/", views.correct, name="report-correct"),
]

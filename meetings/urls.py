from django.urls import path

from meetings.views import agenda, item, meeting, minutes, papers, planning, replying, room

app_name = "meetings"

ONE = "<int:pk>/"
ITEM = f"{ONE}room/items/<int:item_pk>/"

urlpatterns = [
    path("year/", planning.plan_year, name="year"),
    path("attendance/", planning.attendance, name="attendance"),
    path("terms/", planning.terms, name="terms"),
    path("terms/record/", planning.record_terms, name="terms-record"),
    path("link/<str:token>/", replying.by_link, name="link-reply"),
    path(ONE, meeting.meeting, name="meeting"),
    path(f"{ONE}invite/", meeting.invite, name="invite"),
    path(f"{ONE}replies/<int:invitation_pk>/", replying.reply, name="reply"),
    path(f"{ONE}agenda/assemble/", agenda.assemble, name="agenda-assemble"),
    path(f"{ONE}agenda/add/", agenda.add, name="agenda-add"),
    path(f"{ONE}agenda/<int:item_pk>/", agenda.change, name="agenda-change"),
    path(f"{ONE}agenda/<int:item_pk>/<slug:verb>/", agenda.step, name="agenda-step"),
    path(f"{ONE}room/", room.room, name="room"),
    path(f"{ONE}room/people/<int:seat_pk>/<slug:verb>/", room.presence, name="presence"),
    path(ITEM, item.item, name="item"),
    path(f"{ITEM}conflicts/asked/", item.asked, name="conflicts-asked"),
    path(f"{ITEM}conflicts/add/", item.declare, name="conflict-add"),
    path(f"{ITEM}people/<int:seat_pk>/<slug:verb>/", item.out_and_back, name="item-presence"),
    path(f"{ITEM}dissent/", item.dissent, name="dissent"),
    path(f"{ITEM}action/", item.add_action, name="action-add"),
    path(f"{ONE}room/<slug:verb>/", room.sitting, name="sitting"),
    path(f"{ONE}minutes/", minutes.minutes, name="minutes"),
    path(f"{ONE}minutes/draft/", minutes.draft, name="minutes-draft"),
    path(f"{ONE}minutes/circulate/", minutes.circulate, name="minutes-circulate"),
    path(f"{ONE}minutes/approve/", minutes.approve, name="minutes-approve"),
    path(f"{ONE}minutes/entries/<int:entry_pk>/", minutes.correct, name="minutes-correct"),
    path(f"{ONE}minutes/file/<slug:kind>/", minutes.download, name="minutes-file"),
    path(f"{ONE}papers/", papers.pack, name="pack"),
    path(f"{ONE}papers/make/", papers.make, name="pack-make"),
    path(f"{ONE}papers/file/", papers.download, name="pack-file"),
    path(f"{ONE}papers/read/", papers.read, name="pack-read"),
]

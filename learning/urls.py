from django.urls import path

from learning.views import briefings, charts, confirming, messages, points, products, reading

app_name = "learning"

POINT, REVIEW, MESSAGE = "points/<str:reference>/", "reviews/<str:reference>/", "messages/<str:reference>/"
PRODUCT, BRIEFING = f"{MESSAGE}products/<int:pk>/", f"{MESSAGE}briefing/"

urlpatterns = [
    path("", points.point_list, name="point-list"),
    path("add/", points.add, name="point-add"),
    path("cases/<str:reference>/", points.case, name="case"),
    path("cases/<str:reference>/add/", points.add_from_case, name="point-add-from-case"),
    path(POINT, points.point, name="point"),
    path(f"{POINT}change/", points.change, name="point-change"),
    path(f"{POINT}<slug:slug>/", points.step, name="point-step"),
    path("reviews/", reading.review_list, name="review-list"),
    path("add-review/", reading.add, name="review-add"),
    path(REVIEW, reading.review, name="review"),
    path(f"{REVIEW}change/", reading.change, name="review-change"),
    path(f"{REVIEW}readers/", reading.assign, name="review-assign"),
    path(f"{REVIEW}read/", reading.read, name="review-read"),
    path(f"{REVIEW}decide/", reading.decide, name="review-decide"),
    path(f"{REVIEW}<slug:slug>/", reading.step, name="review-step"),
    path("messages/", messages.message_list, name="message-list"),
    path("add-message/", messages.add, name="message-add"),
    path(MESSAGE, messages.message, name="message"),
    path(f"{MESSAGE}change/", messages.change, name="message-change"),
    path(f"{MESSAGE}impact/<int:months>/", messages.impact, name="impact"),
    path(f"{MESSAGE}products/add/", products.add, name="product-add"),
    path(PRODUCT, products.product, name="product"),
    path(f"{PRODUCT}change/", products.change, name="product-change"),
    path(f"{PRODUCT}ask/", products.ask, name="product-ask"),
    path(f"{PRODUCT}attendance/", products.attendance, name="product-attendance"),
    path(f"{PRODUCT}agencies/<int:cascade>/<slug:slug>/", products.press, name="cascade-press"),
    path(f"{PRODUCT}<slug:slug>/", products.step, name="product-step"),
    path(f"{BRIEFING}begin/", briefings.begin, name="briefing-begin"),
    path(BRIEFING, briefings.briefing, name="briefing"),
    path(f"{BRIEFING}write/", briefings.write, name="briefing-write"),
    path(f"{BRIEFING}take/<slug:kind>/", briefings.take, name="briefing-take"),
    path(f"{BRIEFING}<slug:slug>/", briefings.step, name="briefing-step"),
    path(f"{MESSAGE}<slug:slug>/", messages.step, name="message-step"),
    path("charts/", charts.charts, name="charts"),
    path("link/<str:token>/", confirming.by_link, name="link-confirm"),
    path("confirm/<int:pk>/", confirming.as_member, name="mine-confirm"),
]

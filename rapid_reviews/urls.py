app_name = "rapid_reviews"

urlpatterns: list = []

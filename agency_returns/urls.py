app_name = "agency_returns"

urlpatterns: list = []

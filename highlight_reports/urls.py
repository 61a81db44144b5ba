app_name = "highlight_reports"

urlpatterns: list = []

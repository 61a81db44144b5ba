app_name = "access_links"

urlpatterns: list = []

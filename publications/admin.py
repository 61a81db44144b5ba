from publications.disclosure import admin as disclosure_admin  # noqa: F401 - registers what the admin site shows

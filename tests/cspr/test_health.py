"""/healthz/: for supervisors, without signing in."""

from tests.cspr.machine import environment, python

ASK = """
import django
django.setup()
from django.test import Client
answer = Client().get("/healthz/", headers={"host": "localhost"})
print(answer.status_code, answer.content.decode().strip())
"""


def test_a_process_with_its_database_is_well(client, db):
    answer = client.get("/healthz/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/healthz/").status_code == 405


def test_a_process_without_its_database_says_so(tmp_path):
    env = environment(
        tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/none", DJANGO_SETTINGS_MODULE="cspr.settings"
    )
    assert python("-c", ASK, env=env).stdout == "503 database down\n"

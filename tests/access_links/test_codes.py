from datetime import timedelta

import pytest
from django.utils import timezone

from access_links import workflow
from access_links.models import AccessCode
from audit.models import Event
from core.errors import UnguardedWrite, WorkflowError
from notifications import catalogue
from notifications.models import Message
from tests.access_links.factories import ADDRESS, PURPOSE, another, make_link, newest_code, register

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def send(now=NOW, address=ADDRESS):
    return workflow.send_code(purpose="public-form", address=address, reference="", now=now)


def check(code, now=NOW, address=ADDRESS, purpose="public-form"):
    return workflow.check_code(purpose=purpose, address=address, code=code, now=now)


def test_a_code_is_right_once():
    assert send()
    code = newest_code()
    assert check(f"{code[:3]} {code[3:]}")  # spaces do no harm
    assert check(code).sentence == workflow.SPENT


def test_it_is_stored_only_as_a_keyed_hash_and_its_mail_is_secret():
    send()
    row, code = AccessCode.objects.get(), newest_code()
    assert code not in row.code_hash
    assert len(row.code_hash) == 64
    assert catalogue.is_secret("access-code")
    assert code not in str(list(Event.objects.values()))
    assert code not in Message.objects.get().subject


def test_it_ends_after_ten_minutes():
    send()
    code = newest_code()
    assert not check(code, now=NOW + timedelta(minutes=10))
    assert check(code, now=NOW + timedelta(minutes=9, seconds=59))


def test_five_wrong_tries_spend_it():
    send()
    code = newest_code()
    sentences = [check(another(code)).sentence for _ in range(5)]
    assert sentences == [workflow.WRONG] * 4 + [workflow.SPENT]
    assert not check(code)
    assert AccessCode.objects.get().tries == 5


def test_four_wrong_tries_leave_the_fifth():
    send()
    code = newest_code()
    for _ in range(4):
        check(another(code))
    assert check(code)


def test_a_newer_code_ends_the_older():
    send()
    first = newest_code()
    send(now=NOW + timedelta(minutes=1))
    second = newest_code()
    assert first == second or not check(first, now=NOW + timedelta(minutes=2))
    assert check(second, now=NOW + timedelta(minutes=2))


def test_five_codes_an_hour_for_one_address():
    for minute in range(5):
        assert send(now=NOW + timedelta(minutes=minute))
    assert send(now=NOW + timedelta(minutes=59)).sentence == workflow.ENOUGH
    assert Message.objects.count() == 5
    assert send(now=NOW + timedelta(minutes=59), address="other@agency.example")
    assert send(now=NOW + timedelta(minutes=61))


def test_a_code_is_for_its_purpose_and_address_alone():
    send()
    code = newest_code()
    assert not check(code, purpose="other-form")
    assert not check(code, address="other@agency.example")
    assert check(code, address=ADDRESS.upper())


def test_nothing_was_sent_nothing_is_right():
    assert check("000000").sentence == workflow.SPENT


def test_ended_codes_are_forgotten_after_a_day():
    send()
    assert workflow.forget_codes(now=NOW + timedelta(hours=24)) == 0
    assert workflow.forget_codes(now=NOW + timedelta(hours=25)) == 1


def test_a_link_must_end_later():
    register()
    with pytest.raises(WorkflowError, match="later day"):
        make_link(NOW, days=0)


def test_links_are_written_here_only():
    register()
    link, _ = make_link(NOW)
    with pytest.raises(UnguardedWrite):
        link.save()


def test_a_right_code_tells_the_purpose_once():
    told = []
    register(opened=lambda link, now: told.append((link.subject, now)))
    link, token = make_link(NOW)
    assert token not in str(list(type(link).objects.values()))
    for minute in (0, 1):
        now = NOW + timedelta(minutes=minute)
        assert workflow.send_link_code(link=link, now=now)
        assert workflow.open_link(link=link, code=newest_code(), now=now)
    assert told == [("thing:1", NOW)]
    link.refresh_from_db()
    assert link.opened_at == NOW


def test_a_link_closed_in_between_lets_nobody_in():
    register()
    link, _ = make_link(NOW)
    workflow.send_link_code(link=link, now=NOW)
    workflow.close_all(subject="thing:1", now=NOW)
    assert not workflow.open_link(link=link, code=newest_code(), now=NOW)


def test_closing_ends_all_links_of_a_subject_and_no_other():
    register()
    mine, other = [make_link(NOW)[1], make_link(NOW)[1]], make_link(NOW, subject="thing:11")[1]
    assert workflow.close_all(subject="thing:1", now=NOW) == 2
    assert workflow.close_all(subject="thing:1", now=NOW) == 0
    assert [workflow.find(token, now=NOW) for token in mine] == [None, None]
    assert workflow.find(other, now=NOW).subject == "thing:11"


def test_usable_links_of_many_subjects_in_one_query(django_assert_num_queries):
    register()
    for number in (1, 2, 3):
        make_link(NOW, subject=f"thing:{number}")
    workflow.close_all(subject="thing:2", now=NOW)
    with django_assert_num_queries(1):
        found = workflow.usable_for([f"thing:{number}" for number in (1, 2, 3)], now=NOW)
    assert set(found) == {"thing:1", "thing:3"}
    assert found["thing:1"][0].purpose == PURPOSE

"""How sensitive each field of the panel's models is: see core/classification.py."""

from core.classification import DataClass

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL

FIELDS = {
    "Partnership": {
        "id": NONE,
        "name": NONE,
        "abbreviation": NONE,
        "area": NONE,
        "reference_prefix": NONE,
        "immediate_risk_route": NONE,
        "escalation_policy_url": NONE,
        "takes_outside_referrals": NONE,
    },
    "Agency": {
        "id": NONE,
        "name": NONE,
        "short_name": NONE,
        "statutory_role": NONE,
        "is_active": NONE,
        "email_domains": NONE,
        "safeguarding_lead": PERSONAL,
        "safeguarding_address": PERSONAL,
    },
    "KeptForm": {
        "id": NONE,
        "person": PERSONAL,
        "path": PERSONAL,
        "typed": DataClass.CRIMINAL,  # any form about a case
        "kept_at": PERSONAL,
    },
    "User": {
        "id": NONE,
        "password": PERSONAL,
        "last_login": PERSONAL,
        "is_superuser": NONE,
        "email": PERSONAL,
        "name": PERSONAL,
        "job_title": PERSONAL,
        "is_active": PERSONAL,
        "date_joined": PERSONAL,
        "invited_at": PERSONAL,
    },
    "Membership": {
        "id": NONE,
        "user": PERSONAL,
        "role": PERSONAL,
        "agency": PERSONAL,
        "deputy_for": PERSONAL,
        "from_date": PERSONAL,
        "until_date": PERSONAL,
    },
    "PanelMeeting": {
        "id": NONE,
        "on": NONE,
        "at": NONE,
        "place": NONE,
        "is_online": NONE,
        "kind": NONE,
        "status": NONE,
        "reason": PERSONAL,
        "moved_from": NONE,
        "move_reason": PERSONAL,
        "cancel_reason": PERSONAL,
        "planned_by": PERSONAL,
        "planned_at": NONE,
    },
}

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is to the Panel (terms of reference, section 4; Working Together for Safeguarding Partner)."""

    CHAIR = "chair", "Chair"
    DEPUTY_CHAIR = "deputy_chair", "Deputy chair"
    MEMBER = "member", "Panel member"
    NAMED_DEPUTY = "named_deputy", "Named deputy"
    INVITED = "invited_representative", "Invited representative"
    SAFEGUARDING_PARTNER = "safeguarding_partner", "Safeguarding Partner"
    BUSINESS_MANAGER = "business_manager", "Business manager"
    SCRUTINEER = "scrutineer", "Independent scrutineer (read only)"
    DEPUTY_MANAGER = "deputy_manager", "Business manager’s deputy (sees no case unless in an emergency)"


class StatutoryRole(TextChoices):
    """Which Safeguarding Partner an agency is (Children Act 2004 s16E)."""

    LOCAL_AUTHORITY = "la", "Local authority"
    ICB = "icb", "Integrated care board"
    POLICE = "police", "Police"
    NONE = "none", "Not a Safeguarding Partner"


PANEL_ROLES = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER, Role.NAMED_DEPUTY, Role.BUSINESS_MANAGER})
HAVE_DEPUTIES = (Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER)  # each one named deputy, no more (terms of reference 4)

"""The kept normal forms of names, renewed in the transaction that changes a name."""

from referrals.models import Child, NameKey, RelatedPerson
from referrals.names import all_names, keys


def renew_keys(row: Child | RelatedPerson) -> None:
    """Write the keys of a saved child or person anew."""
    whose = {"child": row} if isinstance(row, Child) else {"person": row}
    NameKey.objects.filter(**whose).delete()
    values = sorted(keys(all_names(row.name, row.other_names), row.date_of_birth))
    NameKey.objects.bulk_create([NameKey(referral_id=row.referral_id, value=value, **whose) for value in values])

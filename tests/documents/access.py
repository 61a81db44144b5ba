"""What each relation gets when it asks for a file. The world's document is the case's: tests/referrals/access.py."""

from tests.access import Row

ROWS: dict[str, Row] = {
    "documents:document-download": Row(
        lambda w: {"key": w.document.key},
        business_manager=200, chair=200, member=200, deputy=200, partner=403, scrutineer=403, invited=200,
        walled=404, outsider=404, anonymous=302,
    ),
}  # fmt: skip

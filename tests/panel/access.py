"""Who may open the panel app's pages: everybody their own account, everybody the link of an invitation."""

from tests.access import Row, everybody

BAD_INVITATION = {"uidb64": "MQ", "token": "not-a-token"}

ROWS = {
    "panel:account": Row(**everybody(200)),
    "panel:keep-alive": Row(**everybody(200), method="post"),
    "panel:typed-keep": Row(**everybody(404), method="post"),
    "panel:typed-throw-away": Row(**everybody(404), method="post"),
    "panel:invitation-accept": Row(lambda world: BAD_INVITATION, **everybody(200, anonymous=200)),
    "panel:email-fixed": Row(**everybody(302)),
    "panel:password-fixed": Row(**everybody(302)),
}

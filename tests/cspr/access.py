from tests.access import Row, everybody

ROWS = {"healthz": Row(**everybody(200, anonymous=200))}

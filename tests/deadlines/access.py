from tests.access import Row, everybody

ROWS = {
    "deadlines:calculator": Row(**everybody(200), query="?rule=rapid-review&date_0=2&date_1=11&date_2=2026"),
    "deadlines:rules": Row(**everybody(200)),
}

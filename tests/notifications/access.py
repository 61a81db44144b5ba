from tests.access import Row, everybody

ROWS = {"notifications:catalogue": Row(**everybody(200))}

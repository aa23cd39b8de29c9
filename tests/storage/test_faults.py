"""What stands against a database is named, whichever engine says it in which words."""

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import errors

from storage.faults import fault_of

SERVER = sa.make_url("postgresql+psycopg://tusoi:bi-mat@may-chu:5432/tusoi")
CONNECTING = 'connection failed: connection to server at "10.0.0.5", port 5432 failed: '


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (psycopg.OperationalError(CONNECTING + "Connection refused"), "server_away"),
        (psycopg.OperationalError("the connection is closed"), "server_away"),
        (
            psycopg.OperationalError(CONNECTING + 'FATAL:  password authentication failed for user "a"'),
            "server_refuses",
        ),
        (psycopg.OperationalError(CONNECTING + "fe_sendauth: no password supplied"), "server_away"),
        (psycopg.OperationalError(CONNECTING + 'FATAL:  role "a" does not exist'), "server_refuses"),
        (psycopg.OperationalError(CONNECTING + 'FATAL:  no pg_hba.conf entry for host "10.0.0.9"'), "server_refuses"),
        (psycopg.OperationalError(CONNECTING + 'FATAL:  database "a" does not exist'), "server_without"),
        (psycopg.OperationalError(CONNECTING + "FATAL:  sorry, too many clients already"), "server_crowded"),
        (psycopg.OperationalError(CONNECTING + "FATAL:  the database system is starting up"), "server_away"),
        (errors.AdminShutdown("terminating connection"), "server_away"),
        (errors.DiskFull("could not extend file"), "database_full"),
        (errors.ReadOnlySqlTransaction("cannot execute INSERT"), "database_read_only"),
        (errors.InsufficientPrivilege("permission denied for table person"), "database_forbidden"),
        (errors.DataCorrupted("invalid page in block 3"), "database_damaged"),
    ],
)
def test_what_postgresql_says(error, name):
    fault = fault_of(error, SERVER)
    assert fault is not None
    assert fault.name == name
    assert fault.values["place"] == "may-chu:5432/tusoi"
    assert "bi-mat" not in str(fault)


@pytest.mark.parametrize("error", [errors.UniqueViolation("key"), errors.DeadlockDetected("deadlock"), ValueError("x")])
def test_what_a_statement_did_is_no_fault_of_the_database(error):
    assert fault_of(error, SERVER) is None

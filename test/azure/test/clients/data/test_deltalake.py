"""deltalake: tables whose log is written on the condition that no other writer was first."""

from concurrent.futures import ThreadPoolExecutor

import pyarrow
import pytest
from conftest import REFUSALS
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError

ROWS = pyarrow.table({"id": range(1000), "month": ["may", "june"] * 500})


@pytest.fixture
def options(storage_options):
    return lambda application="trusted": {**storage_options(application), "max_retries": "0"}


def table(world, name: str) -> str:
    return f"az://{world.container.name}/deltalake/{name}"


def test_writes_changes_compacts_and_vacuums_a_table(world, options):
    address = table(world, "changes")
    write_deltalake(address, ROWS, storage_options=options(), partition_by=["month"])
    write_deltalake(address, ROWS, storage_options=options(), mode="append")
    changed = DeltaTable(address, storage_options=options())
    assert changed.delete("id < 10")["num_deleted_rows"] == 20
    changed.optimize.compact()
    changed.create_checkpoint()
    assert changed.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False)
    read = DeltaTable(address, storage_options=options())
    assert read.to_pyarrow_table().num_rows == 1980


def test_lets_many_writers_append_at_once(world, options):
    address = table(world, "appended")
    write_deltalake(address, ROWS, storage_options=options())
    with ThreadPoolExecutor(4) as writers:
        append = lambda _: write_deltalake(address, ROWS, storage_options=options(), mode="append")
        list(writers.map(append, range(4)))
    assert DeltaTable(address, storage_options=options()).version() == 4


def test_is_refused_to_change_what_another_has_changed(world, options):
    address = table(world, "conflict")
    write_deltalake(address, ROWS, storage_options=options())
    first, second = (DeltaTable(address, storage_options=options()) for _ in range(2))
    first.delete("id = 20")
    with pytest.raises(CommitFailedError, match="concurrent transaction"):
        second.delete("id = 20")


@pytest.mark.parametrize(("application", "code"), REFUSALS)
def test_is_refused(world, options, application, code):
    # Its messages are broken into lines after each colon.
    with pytest.raises(OSError, match=code.removesuffix(":")):
        write_deltalake(table(world, "never"), ROWS, storage_options=options(application))

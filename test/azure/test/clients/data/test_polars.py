"""polars: files that are written and scanned in place."""

import polars
import pytest
from conftest import REFUSALS


@pytest.fixture
def options(storage_options):
    return lambda application="trusted": {**storage_options(application), "max_retries": 0}


FRAME = polars.DataFrame({"id": range(100_000), "month": ["may", "june"] * 50_000})


def test_writes_and_scans_parquet(world, options):
    file = f"az://{world.container.name}/polars/one.parquet"
    FRAME.write_parquet(file, storage_options=options())
    some = polars.scan_parquet(file, storage_options=options()).filter(polars.col("id") < 10)
    assert some.collect().height == 10


def test_scans_every_file_that_a_pattern_names(world, options):
    folder = f"az://{world.container.name}/polars/many"
    for name in ("a", "b"):
        FRAME.write_csv(f"{folder}/{name}.csv", storage_options=options())
    assert polars.scan_csv(f"{folder}/*.csv", storage_options=options()).collect().height == 200_000


@pytest.mark.parametrize(("application", "code"), REFUSALS)
def test_is_refused(world, options, application, code):
    with pytest.raises(OSError, match=code):
        FRAME.write_parquet(f"az://{world.container.name}/polars/never", storage_options=options(application))

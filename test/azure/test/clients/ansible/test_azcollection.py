"""azure.azcollection: a group and what is in it from creation to deletion, run twice, and as a managed identity."""

import pytest

RESOURCES = {"lock", "account", "identity", "roles", "custom role", "vault", "site"}
ONLY_CREATED = {"group", "container", "plan"}


def changed(tasks: dict[str, dict]) -> set[str]:
    failed = {name: task["msg"] for name, task in tasks.items() if task.get("failed")}
    assert failed == {}
    return {name for name, task in tasks.items() if task.get("changed")}


@pytest.fixture(scope="module")
def created(play) -> set[str]:
    return changed(play("resources.yml", desired="present"))


def test_creates_a_group_and_what_is_in_it(created):
    assert created == RESOURCES | ONLY_CREATED


def test_changes_nothing_the_second_time(play, created):
    assert changed(play("resources.yml", desired="present")) == set()


def test_writes_a_blob_as_a_managed_identity(world, play, created):
    assert changed(play("blob.yml", host=world.site)) == {"blob"}
    assert changed(play("blob.yml", host=world.site)) == set()


def test_is_refused_what_a_deployer_may_not(world, play, created):
    tasks = play("resources.yml", desired="present", client=world.home.deployerClientId)
    refused = next(task for task in tasks.values() if task.get("failed"))
    assert "(AuthorizationFailed) The client" in refused["msg"]


def test_says_in_check_mode_what_it_would_delete_and_deletes_it_without(play, created):
    deleted = RESOURCES | {"group and what is left in it"}
    # azure_rm_resource, which makes the identity, does not run in check mode.
    assert changed(play("resources.yml", "--check", desired="absent")) == deleted - {"identity"}
    assert changed(play("resources.yml", desired="absent")) == deleted

"""az appservice plan and az webapp: a site from nothing to its answer."""

import zipfile

import pytest
import requests

SITE = "az-suite-site"
MAIN = 'require("node:http").createServer((_, answer) => answer.end(process.env.GREETING)).listen(process.env.PORT)'


@pytest.fixture(scope="module")
def named(home_owner, home_group) -> str:
    home_owner(f"appservice plan create -g {home_group} -n az --is-linux --sku B1")
    made = home_owner(
        f"webapp create -g {home_group} -n {SITE} --plan az --runtime NODE:24-lts --basic-auth Disabled --startup-file",
        "node main.cjs",
    )
    assert (made["state"], made["kind"]) == ("Running", "app,linux")
    return f"-g {home_group} -n {SITE}"


def test_config_set_and_appsettings_set_list_and_delete(home_owner, named):
    assert home_owner(f"webapp config set {named} --always-on true")["alwaysOn"] is True
    home_owner(f"webapp config appsettings set {named} --settings COLOR=red GREETING=hello OLD=1")
    home_owner(f"webapp config appsettings delete {named} --setting-names OLD")
    settings = home_owner(f"webapp config appsettings list {named}")
    assert [setting["name"] for setting in settings] == ["COLOR", "GREETING"]


def test_identity_assign_show_and_remove(home_owner, named):
    assert home_owner(f"webapp identity assign {named} --identities [system]")["type"] == "SystemAssigned"
    assert home_owner(f"webapp identity show {named}")["principalId"]
    home_owner(f"webapp identity remove {named} --identities [system]")


def test_deploy_stop_and_start(home_owner, named, tmp_path):
    package = tmp_path / "package.zip"
    with zipfile.ZipFile(package, "w") as files:
        files.writestr("main.cjs", MAIN)
    home_owner(f"webapp deploy {named} --type zip --src-path {package}")
    url = f"https://{home_owner(f'webapp show {named}')['defaultHostName']}"
    assert answer_of(url) == (200, "hello")
    home_owner(f"webapp stop {named}")
    status, text = answer_of(url)
    assert status == 403 and "This web app is stopped" in text
    home_owner(f"webapp start {named}")
    assert home_owner(f"webapp show {named}")["state"] == "Running"


def answer_of(url: str) -> tuple[int, str]:
    answer = requests.get(url, timeout=120)
    return answer.status_code, answer.text


def test_delete_and_list(home_owner, named):
    assert SITE in [site["name"] for site in home_owner("webapp list")]
    home_owner(f"webapp delete {named} --keep-empty-plan")
    assert SITE not in [site["name"] for site in home_owner("webapp list")]

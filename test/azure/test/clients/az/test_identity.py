"""az identity, and az vm identity as far as virtual machines exist here."""


def test_create_show_list_and_delete(home_deployer, home_group):
    made = home_deployer(f"identity create -g {home_group} -n short")
    assert home_deployer(f"identity show -g {home_group} -n short")["principalId"] == made["principalId"]
    assert "short" in [found["name"] for found in home_deployer(f"identity list -g {home_group}")]
    home_deployer(f"identity delete -g {home_group} -n short")


def test_federated_credential_create_update_list_and_delete(home_owner, home_group):
    home_owner(f"identity create -g {home_group} -n trusting")
    of = f"-g {home_group} --identity-name trusting"
    trust = "--issuer https://ci.example --audiences api://AzureADTokenExchange --subject"
    home_owner(f"identity federated-credential create {of} -n ci-job {trust} main")
    home_owner(f"identity federated-credential update {of} -n ci-job {trust} release")
    (found,) = home_owner(f"identity federated-credential list {of}")
    assert (found["name"], found["subject"]) == ("ci-job", "release")
    home_owner(f"identity federated-credential delete {of} -n ci-job --yes")
    home_owner(f"identity delete -g {home_group} -n trusting")


def test_vm_identity_assign_show_and_remove(world, home_owner):
    named = "-g host -n host"
    assert home_owner(f"vm identity show {named}")["type"] == "UserAssigned"
    assigned = home_owner(f"vm identity assign {named} --identities [system]")
    assert assigned["systemAssignedIdentity"]
    home_owner(f"vm identity remove {named} --identities [system]")
    assert list(home_owner(f"vm identity show {named}")["userAssignedIdentities"]) == [world.identity.resourceId]

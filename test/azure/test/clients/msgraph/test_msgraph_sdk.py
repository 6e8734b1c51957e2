"""msgraph-sdk: applications, their credentials and service principals from creation to restoration."""

import pytest
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from msgraph import GraphServiceClient
from msgraph.generated.applications.applications_request_builder import ApplicationsRequestBuilder
from msgraph.generated.applications.count.count_request_builder import CountRequestBuilder
from msgraph.generated.directory_objects.get_by_ids.get_by_ids_post_request_body import GetByIdsPostRequestBody
from msgraph.generated.applications.item.add_password.add_password_post_request_body import AddPasswordPostRequestBody
from msgraph.generated.models.application import Application
from msgraph.generated.models.federated_identity_credential import FederatedIdentityCredential
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.reference_create import ReferenceCreate
from msgraph.generated.models.service_principal import ServicePrincipal
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from msgraph_core.tasks.page_iterator import PageIterator


def headers(**values: str) -> HeadersCollection:
    collection = HeadersCollection()
    for name, value in values.items():
        collection.try_add(name.replace("_", "-"), value)
    return collection


def credential(name: str = "first") -> FederatedIdentityCredential:
    return FederatedIdentityCredential(
        name=name, issuer="https://ci.example", subject=name, audiences=["api://AzureADTokenExchange"]
    )


def listed(**parameters) -> RequestConfiguration:
    query = ApplicationsRequestBuilder.ApplicationsRequestBuilderGetQueryParameters(**parameters)
    return RequestConfiguration(query_parameters=query, headers=headers(ConsistencyLevel="eventual"))


async def make(client: GraphServiceClient, name: str) -> Application:
    return await client.applications.post(Application(display_name=name, sign_in_audience="AzureADMultipleOrgs"))


def test_makes_shows_changes_and_deletes_an_application(home):
    async def use(client: GraphServiceClient):
        made = await make(client, "sdk")
        item = client.applications.by_application_id(made.id)
        await item.patch(Application(display_name="sdk 2", tags=["a"], identifier_uris=[f"api://{made.app_id}"]))
        shown = await client.applications_with_app_id(made.app_id).get()
        assert (shown.id, shown.display_name, shown.tags) == (made.id, "sdk 2", ["a"])
        assert shown.created_date_time is not None and shown.publisher_domain
        await item.delete()
        with pytest.raises(ODataError) as missing:
            await item.get()
        assert missing.value.response_status_code == 404
        assert missing.value.error.code == "Request_ResourceNotFound"
        assert missing.value.error.inner_error.request_id

    home(use)


def test_writes_a_federated_identity_credential_by_id_by_name_and_by_the_applications_app_id(home):
    async def use(client: GraphServiceClient):
        made = await make(client, "sdk-trust")
        trust = client.applications.by_application_id(made.id).federated_identity_credentials
        first = await trust.post(credential())
        by_app_id = trust.with_url(
            f"{client.request_adapter.base_url}/applications(appId='{made.app_id}')/federatedIdentityCredentials"
        )
        second = await by_app_id.post(credential("second"))
        named = client.applications.by_application_id(made.id).federated_identity_credentials_with_name("first")
        await named.patch(FederatedIdentityCredential(subject="release"))
        assert (await trust.by_federated_identity_credential_id(first.id).get()).subject == "release"
        assert {found.id for found in (await by_app_id.get()).value} == {first.id, second.id}
        missing = RequestConfiguration(headers=headers(Prefer="create-if-missing"))
        third = client.applications.by_application_id(made.id).federated_identity_credentials_with_name("third")
        created = await third.patch(
            FederatedIdentityCredential(issuer="https://ci.example", subject="x", audiences=["api://x"]), missing
        )
        assert created.name == "third"
        await named.delete()
        assert sorted(found.name for found in (await trust.get()).value) == ["second", "third"]
        with pytest.raises(ODataError) as refused:
            await trust.post(credential("second"))
        assert refused.value.response_status_code == 409
        await client.applications.by_application_id(made.id).delete()

    home(use)


def test_upserts_an_application_by_its_unique_name(home):
    async def use(client: GraphServiceClient):
        named = client.applications_with_unique_name("sdk-unique")
        with pytest.raises(ODataError) as missing:
            await named.patch(Application(display_name="sdk-unique"))
        assert missing.value.error.code == "Request_ResourceNotFound"
        prefer = RequestConfiguration(headers=headers(Prefer="create-if-missing"))
        made = await named.patch(Application(display_name="sdk-unique"), prefer)
        assert made.unique_name == "sdk-unique"
        assert await named.patch(Application(display_name="again"), prefer) is None
        assert (await named.get()).display_name == "again"
        await named.delete()

    home(use)


def test_filters_selects_counts_and_pages(home):
    async def use(client: GraphServiceClient):
        names = [f"sdk-page-{number}" for number in range(5)]
        for name in names:
            await make(client, name)
        first = await client.applications.get(
            listed(
                filter="startswith(displayName,'sdk-page-')",
                select=["displayName"],
                orderby=["displayName desc"],
                top=2,
                count=True,
            )
        )
        assert first.odata_count == 5
        assert (first.value[0].display_name, first.value[0].app_id) == ("sdk-page-4", None)
        found: list[str] = []
        pages = PageIterator(first, client.request_adapter)
        pages.headers = headers(ConsistencyLevel="eventual")
        await pages.iterate(lambda each: found.append(each.display_name) or True)
        assert found == names[::-1]
        query = CountRequestBuilder.CountRequestBuilderGetQueryParameters(filter="startswith(displayName,'sdk-page-')")
        counted = await client.applications.count.get(
            RequestConfiguration(query_parameters=query, headers=headers(ConsistencyLevel="eventual"))
        )
        assert counted == 5
        with pytest.raises(ODataError) as refused:
            await client.applications.get(
                RequestConfiguration(
                    query_parameters=ApplicationsRequestBuilder.ApplicationsRequestBuilderGetQueryParameters(
                        orderby=["displayName"]
                    )
                )
            )
        assert refused.value.error.code == "Request_UnsupportedQuery"

    home(use)


def test_lets_an_application_into_the_other_tenant(home, resource):
    made = home(lambda client: make(client, "sdk-guest"))

    async def use(client: GraphServiceClient):
        principal = await client.service_principals.post(ServicePrincipal(app_id=made.app_id))
        assert (principal.display_name, principal.service_principal_type) == ("sdk-guest", "Application")
        shown = await client.service_principals_with_app_id(made.app_id).get()
        assert shown.id == principal.id
        item = client.service_principals.by_service_principal_id(principal.id)
        await item.patch(ServicePrincipal(account_enabled=False))
        assert (await item.get()).account_enabled is False
        found = await client.directory_objects.get_by_ids.post(GetByIdsPostRequestBody(ids=[principal.id]))
        assert isinstance(found.value[0], ServicePrincipal)
        assert (await item.app_role_assignments.get()).value == []
        with pytest.raises(ODataError) as again:
            await client.service_principals.post(ServicePrincipal(app_id=made.app_id))
        assert again.value.response_status_code == 409
        await item.delete()
        (organization,) = (await client.organization.get()).value
        assert any(domain.is_default for domain in organization.verified_domains)

    resource(use)


def test_restores_a_deleted_application_and_deletes_it_for_good(home):
    async def use(client: GraphServiceClient):
        made = await make(client, "sdk-deleted")
        await client.applications.by_application_id(made.id).delete()
        deleted = client.directory.deleted_items
        assert made.id in [found.id for found in (await deleted.graph_application.get()).value]
        item = deleted.by_directory_object_id(made.id)
        assert isinstance(await item.get(), Application)
        restored = await item.restore.post(None)
        assert restored.id == made.id
        assert (await client.applications.by_application_id(made.id).get()).deleted_date_time is None
        await client.applications.by_application_id(made.id).delete()
        await item.delete()
        with pytest.raises(ODataError) as gone:
            await item.restore.post(None)
        assert gone.value.response_status_code == 404

    home(use)


def test_owners_decide_who_may_write_an_application(home, home_deployer, world):
    foreign = home(lambda client: make(client, "sdk-owned"))

    async def write(client: GraphServiceClient):
        await client.applications.by_application_id(foreign.id).patch(Application(notes="mine"))

    with pytest.raises(ODataError) as refused:
        home_deployer(write)
    assert refused.value.error.code == "Authorization_RequestDenied"
    assert refused.value.error.message == "Insufficient privileges to complete the operation."

    async def own(client: GraphServiceClient):
        deployer = await client.service_principals_with_app_id(world.home.deployerClientId).get()
        owners = client.applications.by_application_id(foreign.id).owners
        address = f"{client.request_adapter.base_url}/directoryObjects/{deployer.id}"
        await owners.ref.post(ReferenceCreate(odata_id=address))
        assert deployer.id in [owner.id for owner in (await owners.get()).value]

    home(own)
    home_deployer(write)


def test_sends_several_requests_in_one(home):
    async def use(client: GraphServiceClient):
        made = await make(client, "sdk-batch")
        item = client.applications.by_application_id(made.id)
        changed = BatchRequestItem(item.to_patch_request_information(Application(notes="n")), id="1")
        shown = BatchRequestItem(item.to_get_request_information(), id="2", depends_on=["1"])
        absent = BatchRequestItem(client.applications.by_application_id(made.app_id).to_get_request_information(), id="3")
        for step in [changed, shown, absent]:
            # The client leaves the address in, which Graph refuses.
            step.set_url(step.url.removeprefix(client.request_adapter.base_url))
        whole = BatchRequestItem(item.to_get_request_information(), id="4")
        steps = [changed, shown, absent, whole]
        answers = await client.batch.post(BatchRequestContent({step.id: step for step in steps}))
        assert answers.get_response_status_codes() == {"1": 204, "2": 200, "3": 404, "4": 400}
        assert (await item.get()).notes == "n"

    home(use)


def test_delta_and_secrets_are_not_emulated(home):
    async def use(client: GraphServiceClient):
        made = await make(client, "sdk-secret")
        item = client.applications.by_application_id(made.id)
        for asked in [client.applications.delta.get(), item.add_password.post(AddPasswordPostRequestBody())]:
            with pytest.raises(ODataError) as refused:
                await asked
            assert refused.value.response_status_code == 501
            assert "not emulated" in refused.value.error.message

    home(use)

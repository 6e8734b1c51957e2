//! Secrets of a vault in the second tenant. There is no client for Resource Manager, so the vault is made by plain requests.

use std::env;

use azure_core::http::StatusCode;
use azure_security_keyvault_secrets::{
    ResourceExt, SecretClient, SecretClientOptions, models::SetSecretParameters,
};
use futures::TryStreamExt;
use serde_json::{Value, json};

use crate::world::{Credential, WORLD, exchange, json, managed_identity, owner, token};

const SECRETS_OFFICER: &str = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";

/// Makes a vault in a group of its own, where an application is Key Vault Secrets Officer, and answers its address.
async fn vault(name: &str, application: &str) -> String {
    let group = format!(
        "/subscriptions/{}/resourceGroups/{name}",
        WORLD.resource.subscription_id
    );
    put(
        &group,
        "2025-04-01",
        json!({ "location": WORLD.resource.location }),
    )
    .await;
    let id = format!("{group}/providers/Microsoft.KeyVault/vaults/{name}");
    let made = put(
        &id,
        "2024-11-01",
        json!({
            "location": WORLD.resource.location,
            "properties": {
                "tenantId": WORLD.resource.tenant_id,
                "sku": { "family": "A", "name": "standard" },
                "enableRbacAuthorization": true,
            },
        }),
    )
    .await;
    let assignment = "70000000-0000-4000-8000-000000000001";
    put(
        &format!("{id}/providers/Microsoft.Authorization/roleAssignments/{assignment}"),
        "2022-04-01",
        json!({ "properties": {
            "principalId": WORLD.applications[application].object_id,
            "principalType": "ServicePrincipal",
            "roleDefinitionId": format!(
                "/subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions/{SECRETS_OFFICER}",
                WORLD.resource.subscription_id,
            ),
        } }),
    ).await;
    made["properties"]["vaultUri"].as_str().unwrap().into()
}

async fn put(path: &str, version: &str, body: Value) -> Value {
    let host = env::var("ARM_METADATA_HOSTNAME").unwrap();
    let cloud = json(&format!(
        "https://{host}/metadata/endpoints?api-version=2022-09-01"
    ))
    .await;
    let manager = cloud["resourceManager"].as_str().unwrap();
    let answer = reqwest::Client::new()
        .put(format!("{manager}{path}?api-version={version}"))
        .bearer_auth(token(&owner(), &format!("{manager}/.default")).await)
        .json(&body);
    answer
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap()
        .json()
        .await
        .unwrap()
}

/// The challenge names vault.azure.net, which no local address is under.
fn client(address: &str, credential: Credential) -> SecretClient {
    let options = SecretClientOptions {
        verify_challenge_resource: Some(false),
        ..Default::default()
    };
    SecretClient::new(address, credential, Some(options)).unwrap()
}

fn status(error: azure_core::Error) -> StatusCode {
    error.http_status().unwrap()
}

#[tokio::test]
async fn sets_reads_lists_and_deletes_a_secret() {
    let address = vault("rustsecrets", "trusted").await;
    let secrets = client(&address, exchange("trusted"));
    let value = SetSecretParameters {
        value: Some("s3cret".into()),
        ..Default::default()
    };
    secrets
        .set_secret("one", value.try_into().unwrap(), None)
        .await
        .unwrap();
    let read = secrets
        .get_secret("one", None)
        .await
        .unwrap()
        .into_model()
        .unwrap();
    assert_eq!(read.value.as_deref(), Some("s3cret"));
    let listed = secrets.list_secret_properties(None).unwrap();
    let names: Vec<_> = listed
        .map_ok(|found| found.resource_id().unwrap().name)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(names, ["one"]);
    secrets.delete_secret("one", None).await.unwrap();
    let missing = secrets.get_secret("one", None).await.unwrap_err();
    assert_eq!(status(missing), StatusCode::NotFound);
}

#[tokio::test]
async fn is_refused_without_a_role() {
    let address = vault("rustnorole", "trusted").await;
    let refused = client(&address, exchange("withoutRole"))
        .get_secret("one", None)
        .await
        .unwrap_err();
    assert_eq!(status(refused), StatusCode::Forbidden);
}

#[tokio::test]
async fn is_refused_a_token_of_the_home_tenant() {
    let address = vault("rusttenant", "trusted").await;
    let identity = managed_identity(&WORLD.identity.client_id);
    let refused = client(&address, identity)
        .get_secret("one", None)
        .await
        .unwrap_err();
    assert_eq!(status(refused), StatusCode::Unauthorized);
}

//! What is planted in the local Azure, and how to sign in to it.

use std::{collections::HashMap, env, sync::Arc, sync::LazyLock};

use ::azure_identity::{
    ClientAssertion, ClientAssertionCredential, ManagedIdentityCredential,
    ManagedIdentityCredentialOptions, UserAssignedId,
};
use azure_core::{credentials::TokenCredential, http::ClientMethodOptions};
use serde::Deserialize;
use serde_json::Value;

pub const EXCHANGE_SCOPE: &str = "api://AzureADTokenExchange/.default";
pub const STORAGE_SCOPE: &str = "https://storage.azure.com/.default";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct World {
    pub home: Tenant,
    pub resource: Tenant,
    pub identity: Identity,
    pub site: HashMap<String, String>,
    pub virtual_machine: HashMap<String, String>,
    pub storage: String,
    pub container: Container,
    pub applications: HashMap<String, Application>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    pub tenant_id: String,
    pub domain: String,
    pub subscription_id: String,
    pub location: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    pub client_id: String,
    pub principal_id: String,
}

#[derive(Deserialize)]
pub struct Container {
    pub account: String,
    pub name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    pub client_id: String,
    pub object_id: String,
}

pub static WORLD: LazyLock<World> =
    LazyLock::new(|| serde_json::from_str(&env::var("CLIENTS_WORLD").unwrap()).unwrap());

pub type Credential = Arc<dyn TokenCredential>;

/// The identity of the site that this process plays, by IDENTITY_ENDPOINT and IDENTITY_HEADER.
pub fn managed_identity(client_id: &str) -> Credential {
    let options = ManagedIdentityCredentialOptions {
        user_assigned_id: Some(UserAssignedId::ClientId(client_id.into())),
        ..Default::default()
    };
    ManagedIdentityCredential::new(Some(options)).unwrap()
}

/// Signs in to the resource tenant as an application, with the managed identity's token.
pub fn exchange(application: &str) -> Credential {
    exchange_into(&WORLD.resource.tenant_id, application, EXCHANGE_SCOPE)
}

/// Signs in to a tenant as an application, with a token that the managed identity gets for a scope.
pub fn exchange_into(tenant: &str, application: &str, scope: &'static str) -> Credential {
    let credential = managed_identity(&WORLD.identity.client_id);
    assertion_credential(tenant, application, IdentityToken { credential, scope })
}

/// Signs in by OIDC as an application with every right in the resource tenant's subscription.
pub fn owner() -> Credential {
    assertion_credential(&WORLD.resource.tenant_id, "owner", OidcToken)
}

fn assertion_credential(
    tenant: &str,
    application: &str,
    assertion: impl ClientAssertion + 'static,
) -> Credential {
    let client_id = WORLD.applications[application].client_id.clone();
    ClientAssertionCredential::new(tenant.into(), client_id, assertion, None).unwrap()
}

#[derive(Debug)]
struct IdentityToken {
    credential: Credential,
    scope: &'static str,
}

#[async_trait::async_trait]
impl ClientAssertion for IdentityToken {
    async fn secret(&self, _: Option<ClientMethodOptions<'_>>) -> azure_core::Result<String> {
        let token = self.credential.get_token(&[self.scope], None).await?;
        Ok(token.token.secret().into())
    }
}

/// What a GitHub Actions job with `id-token: write` gets.
#[derive(Debug)]
pub struct OidcToken;

#[async_trait::async_trait]
impl ClientAssertion for OidcToken {
    async fn secret(&self, _: Option<ClientMethodOptions<'_>>) -> azure_core::Result<String> {
        let address = env::var("ACTIONS_ID_TOKEN_REQUEST_URL").unwrap();
        let answer = reqwest::Client::new()
            .get(format!("{address}&audience=api://AzureADTokenExchange"))
            .bearer_auth(env::var("ACTIONS_ID_TOKEN_REQUEST_TOKEN").unwrap());
        let body: Value = answer.send().await.unwrap().json().await.unwrap();
        Ok(body["value"].as_str().unwrap().into())
    }
}

pub async fn token(credential: &Credential, scope: &str) -> String {
    let got = credential.get_token(&[scope], None).await.unwrap();
    got.token.secret().into()
}

pub async fn json(address: &str) -> Value {
    reqwest::get(address).await.unwrap().json().await.unwrap()
}

/// The error that a call must end with, in the client's words.
pub fn refusal<T, E: std::fmt::Display>(result: Result<T, E>) -> String {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(error) => error.to_string(),
    }
}

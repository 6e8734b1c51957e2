//! A library that knows nothing of Azure judges issued tokens by standard discovery.

use std::env;

use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header, errors::Error, jwk::JwkSet,
};
use serde_json::Value;

use crate::world::{EXCHANGE_SCOPE, STORAGE_SCOPE, WORLD, exchange, json, managed_identity, token};

const STORAGE: &str = "https://storage.azure.com";

async fn validate(
    token: &str,
    tenant: &str,
    version: &str,
    audience: &str,
) -> Result<Value, Error> {
    let login = env::var("AZURE_AUTHORITY_HOST").unwrap();
    let discovery = json(&format!(
        "{login}/{tenant}{version}/.well-known/openid-configuration"
    ))
    .await;
    let keys = json(discovery["jwks_uri"].as_str().unwrap()).await;
    let keys: JwkSet = serde_json::from_value(keys).unwrap();
    let kid = decode_header(token)?.kid.unwrap();
    // A token of another tenant names a key that this one has not; its first is then as good as any.
    let key = keys.find(&kid).unwrap_or(&keys.keys[0]);
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_nbf = true;
    validation.set_audience(&[audience]);
    validation.set_issuer(&[discovery["issuer"].as_str().unwrap()]);
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    Ok(decode(token, &DecodingKey::from_jwk(key)?, &validation)?.claims)
}

async fn storage_token() -> String {
    token(&exchange("trusted"), STORAGE_SCOPE).await
}

#[tokio::test]
async fn accepts_the_exchanged_token() {
    let claims = validate(
        &storage_token().await,
        &WORLD.resource.tenant_id,
        "",
        STORAGE,
    )
    .await;
    assert_eq!(claims.unwrap()["ver"], "1.0");
}

#[tokio::test]
async fn accepts_the_managed_identitys_token() {
    let token = token(&managed_identity(&WORLD.identity.client_id), EXCHANGE_SCOPE).await;
    let audience = "fb60f99c-7a34-4190-8149-302f77469936";
    let claims = validate(&token, &WORLD.home.tenant_id, "/v2.0", audience).await;
    assert_eq!(claims.unwrap()["ver"], "2.0");
}

#[tokio::test]
async fn refuses_it_for_another_audience() {
    let tenant = &WORLD.resource.tenant_id;
    let refused = validate(
        &storage_token().await,
        tenant,
        "",
        "https://vault.azure.net",
    )
    .await;
    assert_eq!(refused.unwrap_err().to_string(), "InvalidAudience");
}

#[tokio::test]
async fn refuses_it_at_another_tenant() {
    let refused = validate(&storage_token().await, &WORLD.home.tenant_id, "", STORAGE).await;
    assert_eq!(refused.unwrap_err().to_string(), "InvalidSignature");
}

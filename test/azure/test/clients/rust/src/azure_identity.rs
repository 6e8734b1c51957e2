//! Managed identity, the exchange into the second tenant, and its refusals by code.

use crate::world::{
    EXCHANGE_SCOPE, STORAGE_SCOPE, WORLD, exchange, exchange_into, managed_identity, owner,
    refusal, token,
};
use jsonwebtoken::dangerous::insecure_decode;
use serde_json::Value;

fn claims(token: &str) -> Value {
    insecure_decode(token).unwrap().claims
}

#[tokio::test]
async fn gets_a_managed_identity_token_in_the_app_service_environment() {
    let got = claims(&token(&managed_identity(&WORLD.identity.client_id), EXCHANGE_SCOPE).await);
    assert_eq!(got["sub"], WORLD.identity.principal_id);
    assert_eq!(got["aud"], "fb60f99c-7a34-4190-8149-302f77469936");
}

#[tokio::test]
async fn is_refused_an_identity_that_the_site_has_not() {
    let credential = managed_identity(&WORLD.applications["trusted"].client_id);
    let refused = refusal(credential.get_token(&[EXCHANGE_SCOPE], None).await);
    assert!(refused.contains("has not been assigned"), "{refused}");
}

#[tokio::test]
async fn exchanges_the_managed_identity_into_the_second_tenant() {
    let got = claims(&token(&exchange("trusted"), STORAGE_SCOPE).await);
    assert_eq!(got["tid"], WORLD.resource.tenant_id);
    assert_eq!(got["appid"], WORLD.applications["trusted"].client_id);
    assert_eq!(got["oid"], WORLD.applications["trusted"].object_id);
}

#[tokio::test]
async fn exchanges_into_a_tenant_named_by_its_domain() {
    let credential = exchange_into(&WORLD.resource.domain, "trusted", EXCHANGE_SCOPE);
    let got = claims(&token(&credential, STORAGE_SCOPE).await);
    assert_eq!(got["tid"], WORLD.resource.tenant_id);
}

#[tokio::test]
async fn signs_in_by_oidc() {
    let got = claims(&token(&owner(), STORAGE_SCOPE).await);
    assert_eq!(got["appid"], WORLD.applications["owner"].client_id);
}

async fn refused(application: &str, scope: &'static str) -> String {
    let credential = exchange_into(&WORLD.resource.tenant_id, application, scope);
    refusal(credential.get_token(&[STORAGE_SCOPE], None).await)
}

#[tokio::test]
async fn is_refused_a_wrong_subject() {
    let refused = refused("wrongSubject", EXCHANGE_SCOPE).await;
    assert!(refused.contains("AADSTS700213:"), "{refused}");
}

#[tokio::test]
async fn is_refused_a_wrong_issuer() {
    let refused = refused("wrongIssuer", EXCHANGE_SCOPE).await;
    assert!(refused.contains("AADSTS700211:"), "{refused}");
}

#[tokio::test]
async fn is_refused_a_wrong_audience() {
    let refused = refused("wrongAudience", EXCHANGE_SCOPE).await;
    assert!(refused.contains("AADSTS7002121:"), "{refused}");
}

#[tokio::test]
async fn is_refused_a_missing_service_principal() {
    let refused = refused("notAdmitted", EXCHANGE_SCOPE).await;
    assert!(refused.contains("AADSTS7000229:"), "{refused}");
}

#[tokio::test]
async fn is_refused_an_assertion_for_another_resource() {
    let refused = refused("trusted", STORAGE_SCOPE).await;
    assert!(refused.contains("AADSTS7002121:"), "{refused}");
}

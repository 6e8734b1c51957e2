//! The object store of Apache Arrow and its kin: no client of Microsoft's, so its requests are its own.

use std::{env, fs};

use futures::TryStreamExt;
use object_store::{
    Error, ObjectStore, ObjectStoreExt, PutMode, RetryConfig,
    azure::{MicrosoftAzure, MicrosoftAzureBuilder},
};

use crate::world::{EXCHANGE_SCOPE, WORLD, managed_identity, refusal, token};

fn builder() -> MicrosoftAzureBuilder {
    let account = &WORLD.container.account;
    MicrosoftAzureBuilder::new()
        .with_account(account)
        .with_container_name(&WORLD.container.name)
        .with_endpoint(format!("{}/{account}", WORLD.storage))
        .with_retry(RetryConfig {
            max_retries: 0,
            ..Default::default()
        })
}

/// Workload identity: the managed identity's token in a file, as a cluster keeps one.
async fn signed_in(application: &str) -> MicrosoftAzure {
    let assertion = token(&managed_identity(&WORLD.identity.client_id), EXCHANGE_SCOPE).await;
    let file = env::temp_dir().join(format!("object-store-{}-{application}", std::process::id()));
    fs::write(&file, assertion).unwrap();
    builder()
        .with_authority_host(env::var("AZURE_AUTHORITY_HOST").unwrap())
        .with_tenant_id(&WORLD.resource.tenant_id)
        .with_client_id(&WORLD.applications[application].client_id)
        .with_federated_token_file(file.to_str().unwrap())
        .build()
        .unwrap()
}

#[tokio::test]
async fn writes_reads_lists_copies_and_deletes_by_workload_identity() {
    let store = signed_in("trusted").await;
    let (one, two) = ("rust-store/some/one".into(), "rust-store/some/two".into());
    store.put(&one, "one".into()).await.unwrap();
    store.copy(&one, &two).await.unwrap();
    assert_eq!(store.get(&two).await.unwrap().bytes().await.unwrap(), "one");
    assert_eq!(store.get_range(&one, 1..3).await.unwrap(), "ne");
    let listed: Vec<_> = store
        .list(Some(&"rust-store/some".into()))
        .try_collect()
        .await
        .unwrap();
    assert_eq!(listed.len(), 2);
    let both = futures::stream::iter([Ok(one), Ok(two)]);
    let deleted: Vec<_> = store
        .delete_stream(Box::pin(both))
        .try_collect()
        .await
        .unwrap();
    assert_eq!(deleted.len(), 2);
}

#[tokio::test]
async fn writes_in_parts() {
    let store = signed_in("trusted").await;
    let path = "rust-store/parts".into();
    let mut upload = store.put_multipart(&path).await.unwrap();
    for part in [vec![1; 6_000_000], vec![2; 6_000_000]] {
        upload.put_part(part.into()).await.unwrap();
    }
    upload.complete().await.unwrap();
    assert_eq!(store.head(&path).await.unwrap().size, 12_000_000);
    store.delete(&path).await.unwrap();
}

#[tokio::test]
async fn is_refused_to_create_what_exists() {
    let store = signed_in("trusted").await;
    let path = "rust-store/once".into();
    store.put(&path, "1".into()).await.unwrap();
    let again = store
        .put_opts(&path, "2".into(), PutMode::Create.into())
        .await;
    assert!(
        matches!(again, Err(Error::AlreadyExists { .. })),
        "{again:?}"
    );
    store.delete(&path).await.unwrap();
}

#[tokio::test]
async fn is_refused_without_a_role() {
    let refused = signed_in("withoutRole")
        .await
        .put(&"rust-store/none".into(), "x".into())
        .await;
    let refused = refusal(refused);
    assert!(
        refused.contains("AuthorizationPermissionMismatch"),
        "{refused}"
    );
}

#[tokio::test]
async fn is_refused_a_wrong_subject() {
    let refused = signed_in("wrongSubject")
        .await
        .put(&"rust-store/none".into(), "x".into())
        .await;
    let refused = refusal(refused);
    assert!(refused.contains("AADSTS700213"), "{refused}");
}

#[tokio::test]
async fn gets_a_managed_identity_token_in_the_app_service_environment() {
    is_refused_with_identity(&WORLD.site["IDENTITY_ENDPOINT"]).await;
}

#[tokio::test]
async fn gets_a_managed_identity_token_from_instance_metadata() {
    let host = &WORLD.virtual_machine["AZURE_POD_IDENTITY_AUTHORITY_HOST"];
    is_refused_with_identity(&format!("{host}/metadata/identity/oauth2/token")).await;
}

/// The token is the home tenant's, which opens no account of the second one: storage names its issuer.
async fn is_refused_with_identity(endpoint: &str) {
    let store = builder()
        .with_credential_type("managed_identity")
        .with_client_id(&WORLD.identity.client_id)
        .with_msi_endpoint(endpoint)
        .build()
        .unwrap();
    let refused = refusal(store.put(&"rust-store/none".into(), "x".into()).await);
    assert!(refused.contains("Issuer validation failed"), "{refused}");
}

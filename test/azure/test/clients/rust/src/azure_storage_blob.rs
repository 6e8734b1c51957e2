//! Blobs of the second tenant, and what a missing role or another tenant's token is refused.

use std::collections::HashMap;

use azure_core::http::{RequestContent, Url};
use azure_storage_blob::{
    BlobClient, BlobContainerClient, StorageError,
    models::{
        BlobClientAcquireLeaseResultHeaders, BlobClientGetPropertiesResultHeaders,
        BlobClientUploadOptions, BlobContainerClientListBlobsOptions, BlobTags,
    },
};
use futures::TryStreamExt;

use crate::world::{Credential, WORLD, exchange, managed_identity};

fn container(credential: Credential) -> BlobContainerClient {
    let (account, name) = (&WORLD.container.account, &WORLD.container.name);
    let url = Url::parse(&format!("{}/{account}/{name}", WORLD.storage)).unwrap();
    BlobContainerClient::new(url, Some(credential), None).unwrap()
}

fn blob(name: &str) -> BlobClient {
    container(exchange("trusted")).blob_client(name)
}

async fn upload(blob: &BlobClient, content: &[u8]) -> azure_core::Result<()> {
    let content = RequestContent::from(content.to_vec());
    blob.upload(content, None).await.map(drop)
}

async fn download(blob: &BlobClient) -> azure_core::Result<Vec<u8>> {
    let body = blob.download(None).await?.body;
    Ok(body.collect().await?.into())
}

fn code(result: azure_core::Result<()>) -> String {
    let error: StorageError = result.unwrap_err().try_into().unwrap();
    format!("{} {}", error.status_code, error.error_code.unwrap())
}

#[tokio::test]
async fn writes_reads_and_deletes_a_blob_with_metadata() {
    let blob = blob("rust/a b.txt");
    upload(&blob, b"across tenants").await.unwrap();
    let metadata = HashMap::from([("origin".to_string(), "rust".to_string())]);
    blob.set_metadata(&metadata, None).await.unwrap();
    assert_eq!(download(&blob).await.unwrap(), b"across tenants");
    let properties = blob.get_properties(None).await.unwrap();
    assert_eq!(properties.metadata().unwrap(), metadata);
    blob.delete(None).await.unwrap();
    assert!(!blob.exists().await.unwrap());
}

#[tokio::test]
async fn writes_in_blocks_and_reads_in_ranges() {
    let blob = blob("rust/large");
    let large: Vec<u8> = (0..20_000_000_u32)
        .map(|n| n as u8 ^ (n >> 8) as u8)
        .collect();
    let options = BlobClientUploadOptions {
        parallel: Some(4.try_into().unwrap()),
        partition_size: Some((4 * 1024 * 1024).try_into().unwrap()),
        ..Default::default()
    };
    let content = RequestContent::from(large.clone());
    blob.upload(content, Some(options)).await.unwrap();
    assert!(download(&blob).await.unwrap() == large);
}

#[tokio::test]
async fn lists_blobs_page_by_page() {
    let container = container(exchange("trusted"));
    for name in ["rust/list/a", "rust/list/b", "rust/list/c"] {
        upload(&container.blob_client(name), b"x").await.unwrap();
    }
    let options = BlobContainerClientListBlobsOptions {
        prefix: Some("rust/list/".into()),
        maxresults: Some(2),
        ..Default::default()
    };
    let listed = container.list_blobs(Some(options)).unwrap();
    let names: Vec<_> = listed
        .map_ok(|found| found.name.unwrap())
        .try_collect()
        .await
        .unwrap();
    assert_eq!(names, ["rust/list/a", "rust/list/b", "rust/list/c"]);
}

#[tokio::test]
async fn is_refused_to_write_over_a_lease() {
    let blob = blob("rust/leased");
    upload(&blob, b"x").await.unwrap();
    let lease = blob
        .acquire_lease(15, None)
        .await
        .unwrap()
        .lease_id()
        .unwrap()
        .unwrap();
    assert_eq!(code(upload(&blob, b"y").await), "412 LeaseIdMissing");
    blob.release_lease(lease, None).await.unwrap();
    upload(&blob, b"y").await.unwrap();
}

#[tokio::test]
async fn is_refused_tags_which_its_role_has_not() {
    let blob = blob("rust/tagged");
    upload(&blob, b"x").await.unwrap();
    let tags = BlobTags::from(HashMap::from([("a".to_string(), "1".to_string())]));
    let refused = blob
        .set_tags(tags.try_into().unwrap(), None)
        .await
        .map(drop);
    assert_eq!(code(refused), "403 AuthorizationPermissionMismatch");
}

#[tokio::test]
async fn is_refused_without_a_role() {
    let blob = container(exchange("withoutRole")).blob_client("rust/none");
    assert_eq!(
        code(upload(&blob, b"x").await),
        "403 AuthorizationPermissionMismatch"
    );
}

#[tokio::test]
async fn is_refused_a_token_of_the_home_tenant() {
    let blob = container(managed_identity(&WORLD.identity.client_id)).blob_client("rust/none");
    assert_eq!(
        code(upload(&blob, b"x").await),
        "401 InvalidAuthenticationInfo"
    );
}

#[tokio::test]
async fn is_refused_a_blob_that_does_not_exist() {
    let refused = download(&blob("rust/none")).await.map(drop);
    assert_eq!(code(refused), "404 BlobNotFound");
}

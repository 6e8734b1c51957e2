//! Microsoft's crates, and others that know Azure, against the local Azure.
#![cfg(test)]

mod azure_identity;
mod azure_security_keyvault_secrets;
mod azure_storage_blob;
mod jsonwebtoken;
mod object_store;
mod world;

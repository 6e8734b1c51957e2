output "site_id" {
  value = azurerm_linux_web_app.site.id
}

output "identity" {
  value = {
    client_id    = azurerm_user_assigned_identity.site.client_id
    principal_id = azurerm_user_assigned_identity.site.principal_id
  }
}

output "publisher" {
  value = {
    client_id    = azurerm_user_assigned_identity.publisher.client_id
    principal_id = azurerm_user_assigned_identity.publisher.principal_id
  }
}

output "greeting_url" {
  value = azurerm_storage_blob.greeting.url
}

output "blob_endpoint" {
  value = data.azurerm_storage_account.data.primary_blob_endpoint
}

output "site_id" {
  value = azurerm_linux_web_app.site.id
}

output "identity" {
  value = {
    client_id    = azurerm_user_assigned_identity.site.client_id
    principal_id = azurerm_user_assigned_identity.site.principal_id
  }
}

output "application_client_id" {
  value = azuread_application.site.client_id
}

output "greeting_url" {
  value = "${azurerm_storage_account.data.primary_blob_endpoint}archive/greeting.txt"
}

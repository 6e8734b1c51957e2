# The resource tenant: the application let in, data, and the one role that its deployer may assign.

resource "azuread_service_principal" "application" {
  provider    = azuread.resource
  client_id   = azuread_application.site.client_id
  description = var.purpose
}

resource "azurerm_resource_group" "resource" {
  provider = azurerm.resource
  name     = "archive"
  location = var.resource_tenant.location
}

resource "azurerm_storage_account" "data" {
  provider                        = azurerm.resource
  name                            = "contosoarchive"
  resource_group_name             = azurerm_resource_group.resource.name
  location                        = azurerm_resource_group.resource.location
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  min_tls_version                 = "TLS1_2"
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  allow_nested_items_to_be_public = false
}

resource "azurerm_storage_container" "archive" {
  provider           = azurerm.resource
  name               = "archive"
  storage_account_id = azurerm_storage_account.data.id
  metadata           = { purpose = var.purpose }
}

resource "azurerm_role_assignment" "application" {
  provider             = azurerm.resource
  scope                = azurerm_storage_container.archive.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azuread_service_principal.application.object_id
  principal_type       = "ServicePrincipal"
}

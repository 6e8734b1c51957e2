# The resource tenant: data that only tokens of this tenant open, and a role on it for the application.

data "azurerm_client_config" "deployer" {
  provider = azurerm.resource
}

data "azurerm_role_definition" "contributor" {
  provider = azurerm.resource
  name     = "Storage Blob Data Contributor"
  scope    = "/subscriptions/${var.resource_tenant.subscription_id}"
}

resource "azurerm_resource_group" "resource" {
  provider = azurerm.resource
  name     = "data"
  location = var.resource_tenant.location
}

resource "azurerm_storage_account" "data" {
  provider                        = azurerm.resource
  name                            = "contosoinvoices"
  resource_group_name             = azurerm_resource_group.resource.name
  location                        = azurerm_resource_group.resource.location
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  min_tls_version                 = "TLS1_2"
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  allow_nested_items_to_be_public = false

  blob_properties {
    delete_retention_policy {
      days = 7
    }
    container_delete_retention_policy {
      days = 7
    }
  }
}

resource "azurerm_storage_container" "invoices" {
  provider           = azurerm.resource
  name               = "invoices"
  storage_account_id = azurerm_storage_account.data.id
  metadata           = { purpose = var.purpose }
}

# Who may manage the account may not write its blobs: that is a role of its own.
resource "azurerm_role_assignment" "deployer" {
  provider           = azurerm.resource
  scope              = azurerm_storage_container.invoices.id
  role_definition_id = data.azurerm_role_definition.contributor.id
  principal_id       = data.azurerm_client_config.deployer.object_id
}

resource "azurerm_role_assignment" "application" {
  provider                         = azurerm.resource
  scope                            = azurerm_storage_container.invoices.id
  role_definition_name             = "Storage Blob Data Contributor"
  principal_id                     = var.application.principal_id
  principal_type                   = "ServicePrincipal"
  skip_service_principal_aad_check = true
  description                      = var.purpose
}

resource "azurerm_storage_blob" "greeting" {
  provider             = azurerm.resource
  name                 = "greeting.txt"
  storage_container_id = azurerm_storage_container.invoices.id
  type                 = "Block"
  source_content       = "Written by Terraform."
  content_type         = "text/plain"
  metadata             = { purpose = var.purpose }
  depends_on           = [azurerm_role_assignment.deployer]
}

data "azurerm_storage_account" "data" {
  provider            = azurerm.resource
  name                = azurerm_storage_account.data.name
  resource_group_name = azurerm_storage_account.data.resource_group_name
}

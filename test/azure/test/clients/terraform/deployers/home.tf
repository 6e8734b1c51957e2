# The home tenant: a site with an identity, and the multitenant application that trusts it.

data "azuread_client_config" "home" {
  provider = azuread.home
}

resource "azuread_application" "site" {
  provider         = azuread.home
  display_name     = "contoso-archive"
  sign_in_audience = "AzureADMultipleOrgs"
  notes            = var.purpose
  # May write only what it owns.
  owners = [data.azuread_client_config.home.object_id]
}

resource "azuread_application_federated_identity_credential" "site" {
  provider       = azuread.home
  application_id = azuread_application.site.id
  display_name   = "site"
  description    = var.purpose
  audiences      = ["api://AzureADTokenExchange"]
  issuer         = "${var.login_endpoint}/${var.home_tenant.tenant_id}/v2.0"
  subject        = azurerm_user_assigned_identity.site.principal_id
}

resource "azurerm_resource_group" "home" {
  provider = azurerm.home
  name     = "archive"
  location = var.home_tenant.location
}

resource "azurerm_user_assigned_identity" "site" {
  provider            = azurerm.home
  name                = "archive"
  resource_group_name = azurerm_resource_group.home.name
  location            = azurerm_resource_group.home.location
}

resource "azurerm_service_plan" "site" {
  provider            = azurerm.home
  name                = "archive"
  resource_group_name = azurerm_resource_group.home.name
  location            = azurerm_resource_group.home.location
  os_type             = "Linux"
  sku_name            = "B1"
}

resource "azurerm_linux_web_app" "site" {
  provider            = azurerm.home
  name                = "contoso-archive"
  resource_group_name = azurerm_resource_group.home.name
  location            = azurerm_resource_group.home.location
  service_plan_id     = azurerm_service_plan.site.id
  https_only          = true

  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = false

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.site.id]
  }

  app_settings = {
    APPLICATION_CLIENT_ID = azuread_application.site.client_id
    BLOB_ENDPOINT         = azurerm_storage_account.data.primary_blob_endpoint
    PURPOSE               = var.purpose
  }

  site_config {
    application_stack {
      node_version = "22-lts"
    }
  }
}

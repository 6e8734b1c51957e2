# The home tenant: a site with an identity, and an identity for the job that publishes to it.

resource "azurerm_resource_group" "home" {
  provider = azurerm.home
  name     = "site"
  location = var.home_tenant.location
  tags     = { purpose = var.purpose }
}

resource "azurerm_user_assigned_identity" "site" {
  provider            = azurerm.home
  name                = "site"
  resource_group_name = azurerm_resource_group.home.name
  location            = azurerm_resource_group.home.location
  tags                = { purpose = var.purpose }
}

resource "azurerm_user_assigned_identity" "publisher" {
  provider            = azurerm.home
  name                = "publisher"
  resource_group_name = azurerm_resource_group.home.name
  location            = azurerm_resource_group.home.location
}

resource "azurerm_federated_identity_credential" "publisher" {
  provider                  = azurerm.home
  name                      = "workflow"
  user_assigned_identity_id = azurerm_user_assigned_identity.publisher.id
  issuer                    = var.workflow.issuer
  subject                   = var.workflow.subject
  audience                  = ["api://AzureADTokenExchange"]
}

resource "azurerm_role_assignment" "publisher" {
  provider             = azurerm.home
  scope                = azurerm_resource_group.home.id
  role_definition_name = "Reader"
  principal_id         = azurerm_user_assigned_identity.publisher.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_service_plan" "site" {
  provider            = azurerm.home
  name                = "site"
  resource_group_name = azurerm_resource_group.home.name
  location            = azurerm_resource_group.home.location
  os_type             = "Linux"
  sku_name            = "B1"
}

resource "azurerm_linux_web_app" "site" {
  provider            = azurerm.home
  name                = "contoso-invoices"
  resource_group_name = azurerm_resource_group.home.name
  location            = azurerm_resource_group.home.location
  service_plan_id     = azurerm_service_plan.site.id
  https_only          = true
  tags                = { purpose = var.purpose }

  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = false

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.site.id]
  }

  app_settings = {
    APPLICATION_CLIENT_ID = var.application.client_id
    IDENTITY_CLIENT_ID    = azurerm_user_assigned_identity.site.client_id
    RESOURCE_TENANT_ID    = var.resource_tenant.tenant_id
    BLOB_ENDPOINT         = azurerm_storage_account.data.primary_blob_endpoint
    PURPOSE               = var.purpose
  }

  site_config {
    ftps_state                        = "Disabled"
    health_check_path                 = "/healthz"
    health_check_eviction_time_in_min = 5
    http2_enabled                     = true
    minimum_tls_version               = "1.2"

    application_stack {
      node_version = "22-lts"
    }
  }
}

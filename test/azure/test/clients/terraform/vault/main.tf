terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

provider "azurerm" {
  tenant_id       = var.tenant.tenant_id
  subscription_id = var.tenant.subscription_id
  client_id       = var.tenant.client_id
  use_oidc        = true

  features {}
}

variable "tenant" {
  type = object({
    tenant_id       = string
    subscription_id = string
    client_id       = string
    location        = string
  })
}

variable "api_key" {
  type      = string
  default   = "first"
  sensitive = true
}

data "azurerm_client_config" "me" {}

data "azurerm_subscription" "this" {}

resource "azurerm_resource_group" "secrets" {
  name     = "secrets"
  location = var.tenant.location
}

resource "azurerm_key_vault" "secrets" {
  name                       = "contoso-secrets"
  resource_group_name        = azurerm_resource_group.secrets.name
  location                   = azurerm_resource_group.secrets.location
  tenant_id                  = data.azurerm_client_config.me.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  soft_delete_retention_days = 7
}

resource "azurerm_role_assignment" "officer" {
  scope                = azurerm_key_vault.secrets.id
  role_definition_name = "Key Vault Secrets Officer"
  principal_id         = data.azurerm_client_config.me.object_id
}

resource "azurerm_key_vault_secret" "api_key" {
  name         = "api-key"
  value        = var.api_key
  key_vault_id = azurerm_key_vault.secrets.id
  content_type = "text/plain"
  depends_on   = [azurerm_role_assignment.officer]
}

data "azurerm_key_vault" "secrets" {
  name                = azurerm_key_vault.secrets.name
  resource_group_name = azurerm_key_vault.secrets.resource_group_name
}

data "azurerm_key_vault_secret" "api_key" {
  name         = azurerm_key_vault_secret.api_key.name
  key_vault_id = data.azurerm_key_vault.secrets.id
}

output "vault_uri" {
  value = data.azurerm_key_vault.secrets.vault_uri
}

output "api_key" {
  value     = data.azurerm_key_vault_secret.api_key.value
  sensitive = true
}

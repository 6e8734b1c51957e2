terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

provider "azurerm" {
  tenant_id                       = var.tenant.tenant_id
  subscription_id                 = var.tenant.subscription_id
  client_id                       = var.tenant.client_id
  use_oidc                        = true
  resource_provider_registrations = "none"
  storage_use_azuread             = var.storage_use_azuread

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

variable "storage_use_azuread" {
  type    = bool
  default = true
}

variable "storage_container_id" {
  type = string
}

resource "azurerm_storage_blob" "this" {
  name                 = "report.txt"
  storage_container_id = var.storage_container_id
  type                 = "Block"
  source_content       = "A report."
}

terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

# How it signs in, the environment says: by OIDC or by managed identity.
provider "azurerm" {
  tenant_id                       = var.tenant_id
  subscription_id                 = var.subscription_id
  client_id                       = var.client_id
  resource_provider_registrations = "none"

  features {}
}

variable "tenant_id" {
  type = string
}

variable "subscription_id" {
  type = string
}

variable "client_id" {
  type = string
}

variable "resource_group_name" {
  type    = string
  default = "site"
}

data "azurerm_client_config" "me" {}

data "azurerm_resource_group" "this" {
  name = var.resource_group_name
}

output "principal_id" {
  value = data.azurerm_client_config.me.object_id
}

output "location" {
  value = data.azurerm_resource_group.this.location
}

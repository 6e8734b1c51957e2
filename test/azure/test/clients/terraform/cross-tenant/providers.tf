terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

# One provider per tenant. Each signs in by the job's identity token, as an application of its tenant that trusts the job.
provider "azurerm" {
  alias                           = "home"
  tenant_id                       = var.home_tenant.tenant_id
  subscription_id                 = var.home_tenant.subscription_id
  client_id                       = var.home_tenant.client_id
  use_oidc                        = true
  resource_provider_registrations = "none"

  features {}
}

provider "azurerm" {
  alias                           = "resource"
  tenant_id                       = var.resource_tenant.tenant_id
  subscription_id                 = var.resource_tenant.subscription_id
  client_id                       = var.resource_tenant.client_id
  use_oidc                        = true
  resource_provider_registrations = "none"
  storage_use_azuread             = true

  features {}
}

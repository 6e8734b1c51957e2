terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
    azuread = {
      source = "hashicorp/azuread"
    }
  }
}

# A pair of providers per tenant, each signed in as the tenant's deployer, who has its custom role and nothing else.
provider "azurerm" {
  alias                           = "home"
  tenant_id                       = var.home_tenant.tenant_id
  subscription_id                 = var.home_tenant.subscription_id
  client_id                       = var.home_tenant.client_id
  resource_provider_registrations = "none"

  features {
    resource_group {
      # To look for resources in a group takes an action that the deployers do not have.
      prevent_deletion_if_contains_resources = false
    }
  }
}

provider "azuread" {
  alias     = "home"
  tenant_id = var.home_tenant.tenant_id
  client_id = var.home_tenant.client_id
}

provider "azurerm" {
  alias                           = "resource"
  tenant_id                       = var.resource_tenant.tenant_id
  subscription_id                 = var.resource_tenant.subscription_id
  client_id                       = var.resource_tenant.client_id
  resource_provider_registrations = "none"

  features {
    resource_group {
      # To look for resources in a group takes an action that the deployers do not have.
      prevent_deletion_if_contains_resources = false
    }
  }
}

provider "azuread" {
  alias     = "resource"
  tenant_id = var.resource_tenant.tenant_id
  client_id = var.resource_tenant.client_id
}

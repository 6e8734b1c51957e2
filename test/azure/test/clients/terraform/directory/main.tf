terraform {
  required_providers {
    azuread = {
      source = "hashicorp/azuread"
    }
  }
}

# One tenant's directory, as an owner: an API with roles and scopes, and an application that asks for them.
provider "azuread" {
  tenant_id = var.tenant.tenant_id
  client_id = var.tenant.client_id
}

variable "tenant" {
  type = object({
    tenant_id       = string
    subscription_id = string
    client_id       = string
    location        = string
  })
}

variable "purpose" {
  type    = string
  default = "invoices"
}

data "azuread_client_config" "me" {}

data "azuread_domains" "all" {
  only_initial = true
}

resource "azuread_application" "ledger" {
  display_name            = "ledger"
  description             = var.purpose
  identifier_uris         = ["api://contoso-ledger"]
  owners                  = [data.azuread_client_config.me.object_id]
  prevent_duplicate_names = true
  sign_in_audience        = "AzureADMyOrg"
  tags                    = ["ledger", var.purpose]

  api {
    requested_access_token_version = 2

    oauth2_permission_scope {
      id                         = "2f5b1a3c-7d2e-4b7f-9c55-0d3b2c1f6a01"
      value                      = "ledger.read"
      type                       = "User"
      admin_consent_display_name = "Read the ledger"
      admin_consent_description  = "Lets the application read the ledger for a person."
    }
  }

  app_role {
    id                   = "2f5b1a3c-7d2e-4b7f-9c55-0d3b2c1f6a02"
    value                = "Ledger.Write"
    display_name         = "Write the ledger"
    description          = "Lets an application write the ledger."
    allowed_member_types = ["Application"]
  }

  optional_claims {
    access_token {
      name = "xms_idrel"
    }
  }
}

resource "azuread_service_principal" "ledger" {
  client_id                    = azuread_application.ledger.client_id
  app_role_assignment_required = true
  notes                        = var.purpose
  owners                       = [data.azuread_client_config.me.object_id]
}

resource "azuread_application_registration" "clerk" {
  display_name     = "clerk"
  description      = var.purpose
  sign_in_audience = "AzureADMultipleOrgs"
}

resource "azuread_application_api_access" "clerk" {
  application_id = azuread_application_registration.clerk.id
  api_client_id  = azuread_application.ledger.client_id
  role_ids       = [azuread_application.ledger.app_role_ids["Ledger.Write"]]
}

resource "azuread_application_redirect_uris" "clerk" {
  application_id = azuread_application_registration.clerk.id
  type           = "Web"
  redirect_uris  = ["https://clerk.example/signed-in"]
}

resource "azuread_application_owner" "clerk" {
  application_id  = azuread_application_registration.clerk.id
  owner_object_id = data.azuread_client_config.me.object_id
}

resource "azuread_application_federated_identity_credential" "clerk" {
  application_id = azuread_application_registration.clerk.id
  display_name   = "workflow"
  description    = var.purpose
  audiences      = ["api://AzureADTokenExchange"]
  issuer         = "https://token.example"
  subject        = "repo:contoso/clerk:ref:refs/heads/main"
}

resource "azuread_service_principal" "clerk" {
  client_id = azuread_application_registration.clerk.client_id
}

data "azuread_application" "ledger" {
  client_id = azuread_application.ledger.client_id
}

data "azuread_service_principal" "ledger" {
  display_name = azuread_service_principal.ledger.display_name
}

data "azuread_directory_object" "ledger" {
  object_id = azuread_service_principal.ledger.object_id
}

output "domain" {
  value = one(data.azuread_domains.all.domains).domain_name
}

output "type" {
  value = data.azuread_directory_object.ledger.type
}

output "roles" {
  value = data.azuread_application.ledger.app_role_ids
}

output "service_principal" {
  value = data.azuread_service_principal.ledger.object_id
}

variable "home_tenant" {
  description = "Where the site and its identity are, and who signs in there."
  type = object({
    tenant_id       = string
    subscription_id = string
    client_id       = string
    location        = string
  })
}

variable "resource_tenant" {
  description = "Where the data is, and who signs in there."
  type = object({
    tenant_id       = string
    subscription_id = string
    client_id       = string
    location        = string
  })
}

variable "application" {
  description = "The multitenant application that trusts the site's identity: its client id, and the object id of its service principal in the resource tenant."
  type = object({
    client_id    = string
    principal_id = string
  })
}

variable "workflow" {
  description = "The job that may sign in as the publisher."
  type = object({
    issuer  = string
    subject = string
  })
}

variable "purpose" {
  description = "What the data is for; written wherever there is room for it."
  type        = string
  default     = "invoices"
}

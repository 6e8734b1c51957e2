variable "home_tenant" {
  description = "Where the site and its application are, and the deployer there."
  type = object({
    tenant_id       = string
    subscription_id = string
    client_id       = string
    location        = string
  })
}

variable "resource_tenant" {
  description = "Where the data is, and the deployer there."
  type = object({
    tenant_id       = string
    subscription_id = string
    client_id       = string
    location        = string
  })
}

variable "login_endpoint" {
  description = "The cloud's authority, whose tokens the application trusts."
  type        = string
}

variable "purpose" {
  description = "What the data is for; written wherever there is room for it."
  type        = string
  default     = "invoices"
}

variable "beyond" {
  description = "Whether to try what the deployers may not do."
  type        = bool
  default     = false
}

variable "foreign_application_id" {
  description = "Object id of an application at home that the deployer does not own."
  type        = string
}

# The state is a blob, and a lease on it is the lock. The account takes no key.
terraform {
  backend "azurerm" {
    container_name   = "state"
    key              = "site.tfstate"
    use_azuread_auth = true
    use_oidc         = true
    use_cli          = false
  }
}

variable "release" {
  type    = string
  default = "1"
}

resource "terraform_data" "release" {
  input = var.release
}

output "release" {
  value = terraform_data.release.output
}

# The state is a blob, and a lease on it is the lock. The account takes no key. How it signs in, the environment says.
terraform {
  backend "azurerm" {
    key              = "site.tfstate"
    use_azuread_auth = true
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

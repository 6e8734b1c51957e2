//go:build tools

// Keeps the CLI's package in go.mod, so that `go mod tidy` pins everything it builds from.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"

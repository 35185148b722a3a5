//go:build tools

// Helm itself is built from its module; this file only keeps it in go.mod.
package main

import _ "helm.sh/helm/v3/cmd/helm"

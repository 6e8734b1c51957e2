import { engineVersion } from "../engine-version.ts";
import { buildGoProgram } from "../go/build-go-program.ts";

/** Builds the CLI from the Go module that is pinned beside this file. */
export function buildCli(target: string): Promise<void> {
  const program = {
    name: `Pulumi CLI ${engineVersion}`,
    folder: import.meta.dirname,
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    flags: releaseFlags(),
    needed: `no Pulumi CLI ${engineVersion}: it is not installed, it could not be downloaded, and to build it Go 1.25 or later is needed; install Go, or connect to the Internet, or put the CLI into ~/.pulumi/versions/${engineVersion}/bin`,
  };
  return buildGoProgram(program, target);
}

// The flags of Pulumi's own release build (.goreleaser.yml): without a version the CLI refuses requiredPulumiVersion.
function releaseFlags(): string[] {
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  return ["-tags=osusergo,grpcnotrace", `-ldflags=-s -w -X ${version}`];
}

import { randomBytes, randomUUID } from "node:crypto";

/** Pulumi's automatic name: the logical name and 8 random hex digits (azure-native: provider/pkg/provider/autonaming_test.go). */
export function nameWithHex(input: string) {
  return {
    input,
    generate: (logicalName: string) => `${logicalName}${randomBytes(4).toString("hex")}`,
  };
}

/** Role assignments are named by a GUID (authorization/roleAssignment.d.ts: roleAssignmentName "can be any valid GUID"). */
export function guid(input: string) {
  return { input, generate: () => randomUUID() };
}

import { defineConfig } from "oxlint";
import { project, refuse, upward, within } from "../lint/floors.ts";

/** What every service may stand on: the floors below it. */
const below = ["base", "world", "http", "service"];

const services = [
  "entra",
  "graph",
  "resource-manager",
  "app-service",
  "instance-metadata",
  "storage",
  "key-vault",
  "surroundings",
];

/** The rooms of a service, and which of its other rooms each stands on. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  "entra/rules": [],
  "graph/engine": [],
  "graph/odata": ["engine"],
  "graph/render": ["engine", "odata"],
  "graph/rules": ["engine", "odata", "render"],
  "storage/engine": [],
  "storage/rules": ["engine"],
  "storage/access": ["engine"],
  "storage/azurite": ["engine", "rules", "access"],
  "storage/copy": ["engine", "rules", "access", "azurite"],
  "resource-manager/engine": [],
  ...Object.fromEntries(
    [
      "resources",
      "authorization",
      "managed-identity",
      "web",
      "storage",
      "key-vault",
      "compute",
    ].map((provider) => [`resource-manager/${provider}`, ["engine"]]),
  ),
};

/** The floors of README.md, "Where things are". */
export default defineConfig({
  extends: [project],
  overrides: [
    ...within("src", 0, "sources import sources alone"),
    ...within("test", 1, "the local Azure's tests know nothing around it"),
    refuse("readme/*.ts", ["../**", "!../src/**"], "README.md is written from the sources alone"),
    refuse("src/base/*.ts", upward(1, []), "base is the ground floor"),
    refuse("src/http/*.ts", upward(1, ["base"]), "http stands on base alone"),
    refuse("src/http/faults/*.ts", upward(2, ["base"]), "faults stand on base alone"),
    refuse("src/world/*.ts", [...upward(1, ["base"]), "./*/**"], "world stands on base alone"),
    refuse("src/world/*/*.ts", ["../../**", "!../../base/**"], "world stands on base alone"),
    refuse("src/service/*.ts", upward(1, ["base", "world", "http"]), "service knows no service"),
    ...services.map((service) =>
      refuse(
        `src/${service}/*.ts`,
        upward(1, below),
        "a service knows no other; what it needs of one is an interface in service/",
      ),
    ),
    ...Object.entries(rooms).map(([room, lower]) =>
      refuse(
        `src/${room}/*.ts`,
        upward(2, below, lower),
        `besides the floors below, ${room} stands on ${lower.join(", ") || "no other room"}`,
      ),
    ),
  ],
});

import { faultServices } from "../src/http/faults/fault.ts";

/** What the README says before its tables. */
export const introduction = `# A local Azure with two tenants

HTTPS services on loopback addresses with Azure's wire formats, so that unmodified clients work against them. Every request
is verified and authorized as on Azure; refusals carry Azure's codes and texts; what is not known is answered 501 with method
and path. Nothing here was run against Azure itself.

## Start it

\`npm run -s azure\` seeds two tenants from \`Pulumi.dev.yaml\`, prints one line of JSON when it is ready, logs refusals to stderr
and runs until it is told to stop. After \`--\` it takes:

| option | what it does |
|---|---|
| \`--seed FILE\` | takes the tenants from another stack's file |
| \`--host\` | adds a site and a virtual machine with a managed identity, for any program on this machine to play |
| \`--owners\` | adds to each tenant an application that may do what the deployers may not, and signs in as they do |
| \`--state DIR\` | keeps everything in a folder, ports, tokens and certificate authority included, and goes on with it at the next start; a kill may lose the last seconds ([what](persistence/README.md)). \`--host\` and \`--owners\` have to be given again for their fields |
| \`--consistency-delay SECONDS\` | makes new applications, principals, credentials and role assignments visible that much later |
| \`--blob-addresses path\\|host\`, \`--vault-addresses listener\\|host\` | what Resource Manager reports; see below |

The line has:

| field | what it is |
|---|---|
| \`metadataHost\` | the host from which tools learn the cloud: \`ARM_METADATA_HOSTNAME\` |
| \`loginEndpoint\` | the authority: \`AZURE_AUTHORITY_HOST\`, with instance discovery off in clients that have that switch |
| \`resourceManager\`, \`graph\` | endpoints of Azure Resource Manager and Microsoft Graph |
| \`caFile\` | the certificate authority to trust: \`NODE_EXTRA_CA_CERTS\`, \`SSL_CERT_FILE\`, \`REQUESTS_CA_BUNDLE\`; Java takes it from a trust store that \`keytool -importcert\` makes |
| \`proxy\` | for clients that cannot resolve names under localhost: \`HTTPS_PROXY\`. It tunnels to this machine and to nowhere else |
| \`oidc\` | where a client gets the token of the seeded GitHub Actions workflow, the only way to sign in of deployers and owners: \`ACTIONS_ID_TOKEN_REQUEST_URL\` and \`ACTIONS_ID_TOKEN_REQUEST_TOKEN\`; ask with \`&audience=api://AzureADTokenExchange\` |
| \`control\` | address and bearer token of faults and hosts; see below |
| \`tenants\` | per tenant, the home tenant first: its id, domain, subscription, location and deployer's client id |
| \`host\` | with \`--host\`: the \`identity\`'s ids, and the \`environment\` to export in a process that plays the \`site\` or the \`virtualMachine\` |
| \`owners\` | with \`--owners\`: per tenant, the client id of its Owner, who may also write every application and assign its roles |

Blobs and vaults have no field: Resource Manager names their addresses, an account's as \`primaryEndpoints.blob\`, a vault's as
\`vaultUri\`.

## A first exchange

Nothing of an exchange is seeded but its ends, the host and the deployers. What is between them, any client can make. A deployer
signs in to its tenant with the token of \`oidc\` (\`GET\` with \`Authorization: Bearer <requestToken>\`, field \`value\`;
\`requestUrl\` has a \`?\` already) as client assertion. Scopes are \`<graph>/.default\`, \`<resourceManager>/.default\` and, as on
Azure, \`https://storage.azure.com/.default\`.

1. at \`graph\`, as the home tenant's deployer: an application with \`signInAudience\` \`AzureADMultipleOrgs\`, and on it a federated
   identity credential with the issuer \`<loginEndpoint>/<home tenant id>/v2.0\`, the subject \`host.identity.principalId\` and the
   audience \`api://AzureADTokenExchange\`; its name has 3 to 120 letters, digits, dashes or underscores and
   begins with a letter or digit
2. at \`graph\`, as the resource tenant's deployer: a service principal of the application's \`appId\`
3. at \`resourceManager\`, as the same: a group, a storage account (202, with a \`Location\` to poll), a container, and there the role
   Storage Blob Data Contributor (\`ba92f5b4-2d11-453d-a403-e96b0029c9fe\`) for the service principal's object id, with
   \`principalType\` \`ServicePrincipal\`

Then the host's token for \`api://AzureADTokenExchange\` is the client assertion of the application at the resource tenant:

\`\`\`sh
curl --cacert <caFile> <loginEndpoint>/<resource tenant id>/oauth2/v2.0/token \\
  -d grant_type=client_credentials -d client_id=<appId> -d scope=https://storage.azure.com/.default \\
  -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer -d client_assertion=<the host's token>
\`\`\`

Blob calls with its \`access_token\` need \`x-ms-version\` too, 2017-11-09 or later. On the site a client has to name the identity
(\`host.identity.clientId\`), as on Azure: a site without a system-assigned identity has no default one. Whatever no deployer may
do, such as making a vault or registering a provider, is an owner's (\`--owners\`); to use blobs an owner too needs a role with
data actions.

## Faults and hosts

\`\`\`sh
curl --cacert <caFile> -H 'authorization: Bearer <token of control>' -X PUT <url of control>/faults \\
  -d '[{"service": "entra", "kind": "status", "status": 503, "retryAfterSeconds": 1, "path": "/token$", "count": 2}]'
\`\`\`

\`PUT\` replaces all faults, \`GET\` shows them and how often each was met (\`applied\`), \`DELETE\` takes them away. A fault names a
\`service\` (${faultServices.join(", ")}) and a \`kind\`: \`latency\` (\`milliseconds\`), \`status\` (\`status\`, \`retryAfterSeconds\`),
\`html\` (a page, with status 200), \`reset\`, \`hang\`, \`hang-mid-body\` (\`afterBytes\`) or \`refused\`, which closes the service's ports, those of all its vaults, sites or machines. \`method\`, \`path\` (a regular
expression), \`when\` (\`before\` the request is carried out, or \`after\`, so that only its answer is lost), \`share\` with \`seed\`, and
\`count\` choose the requests that meet it. What is wrong in a list is told, all of it, with what is allowed.

\`GET <url of control>/hosts\` with the resource id behind it answers the environment of any site or virtual machine, so that a
program can play one that a client has made.

## Addresses of blobs and vaults

One listener answers \`https://localhost:PORT/<account>/...\` and, as on Azure, \`https://<account>.blob.localhost:PORT/...\`, for
which its certificate is valid too. \`--blob-addresses host\` makes Resource Manager report the second for accounts that are
created from then on, and the cloud's metadata name the port with the suffix of storage; the default is \`path\`. In the
same way \`--vault-addresses host\` makes \`https://<vault>.vault.localhost:PORT/\` the \`vaultUri\` of new vaults, in place of a
listener of their own. Clients differ in which they can parse; whether they can resolve the second is their resolver's matter:
not all take every name under localhost for this machine, and through \`proxy\` none has to. A copy is from either
address of any account of this Azure; what is elsewhere is out of its reach, and refused as a source that is not there.

Data Lake Storage is at \`https://<account>.dfs.localhost:PORT/\`, and where the account stands in the path, wherever a request has
a parameter of its own (\`action\`, \`resource\`). It says that the account has no hierarchical namespace to clients that ask, as
pyarrow and Hadoop do before they use Blob storage, and answers 501 to everything else.

## API versions of Resource Manager

Each type has the versions that Azure lists for it, as \`/subscriptions/{id}/providers\` tells, and refuses any other in Azure's
words. A version that is newer than all that are listed here, and not of the future, is answered as the newest is, with a line
in the log: a newer client shall not be stopped by an older list.

## What Entra never refuses here

The order of the login endpoint's checks stands in \`entra/grant-token.ts\`. Of the codes that a client of this flow may meet
on Azure, no request reaches these:

| code | why not |
|---|---|
| 53003 | Conditional Access does not cover multitenant applications' service principals, nor managed identities |
| 50196 | the loop is counted by a browser's cookie, which a client credentials request does not have |
| 900382, 900432 | they need a second cloud; another cloud's assertion is refused with 700238 |
| 7002381 | a tenant's policy on GitHub's enterprise claim, which is no setting here |
| 7002137 | subjects of agent identities, which are not emulated |
| 700214 | a credential's audience of one's own; neither the text nor when it comes before 7002121 is known |
| 90055, 90012, 50033, 90024 | the directory's own bad moments; a fault of kind \`status\` is answered with 90033 |

## Where things are

| where | what |
|---|---|
| \`main.ts\`, \`local-azure.ts\`, \`create-services.ts\` | the command line; what puts the services together |
| \`state.ts\`, \`access.ts\`, \`bearer.ts\`, \`consistency.ts\` | what exists; who may do what to it; whose token it is; when it is seen |
| \`entra/\` | tokens: \`grant-token.ts\` has the order of the checks, \`checks/\` one file for each, with its document |
| \`graph/\` | \`routes.ts\` lists its routes; \`odata/\` has \`$filter\`, \`$select\` and pages |
| \`resource-manager/\` | \`operation-groups.ts\` lists its operations, a file for each type of resource |
| \`storage/\` | \`blob-operation.ts\` has the permission of each operation; Azurite stores the blobs behind this front |
| \`key-vault/\` | \`vault-routes.ts\` lists its routes |
| \`app-service/\`, \`instance-metadata/\` | sites with their SCM and their processes; virtual machines; the managed identities of both |
| \`seed/\`, \`faults/\`, [\`persistence/\`](persistence/README.md) | what there is at the start; faults; what outlives a stop |
| \`http/\` | listeners, certificates and bodies, of no service in particular |
| \`support/\` | what this file says, and the rows of the services that have no list of routes |
| \`bad-tokens/\`, \`fuzz/\`, \`load/\` | every bad token at every service; see below for the others |

A test stands beside what it tests; the files that end in \`.process.test.ts\` listen or start processes. A new answer goes into the
list of its service, with the document that it rests on and a test of what it refuses; then write this file anew.

## Load

\`node test/azure/test/load/main.ts\` starts a local Azure and prints how many tokens per second one client process gets from it, and
what becomes of 200 blobs, and of blocks of 100 MiB, that are written and read at once. \`node test/azure/test/load/start.ts\` prints
how long a start takes, and what of it is Azurite's. They are no tests: the figures are this machine's.

## Fuzz

\`node test/azure/test/fuzz/main.ts [--requests N] [--seed S] [--service NAME]\` starts a local Azure and sends each service N requests
(20,000) that the seed chooses: its routes with paths, parameters, headers, bodies and assertions bent. A status that the service
does not document, another form of refusal, a stack, a path of this machine or a token in an answer, five seconds without an
answer, or a refused write that changed something is a failure, printed with its seed and the smallest request that shows it.
The tests do the same with a hundred requests each, and send what is no HTTP, and sequences of valid requests against a model.

## What it answers

\`node test/azure/src/local-azure/support/write-table.ts\` writes this file from the lists of routes; tests hold the lists against what the
services answer or register. **partly** says what is missing. The last column says what the answers, refusals included, were
compared with: the document, an observed response, or nothing (unverified). Texts that are unverified although their route is not
are marked in the code.
`;

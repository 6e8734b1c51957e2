/** Written by "npm run readme" from comments: what the local Azure does by belief, the program's own path first. */
export const beliefs = `app-service/front-headers.ts: That \`//\` stays is unverified.
app-service/main-front.ts: That a request waits meanwhile is unverified.
app-service/main-front.ts: That a stopped site tells so to admitted addresses only is unverified.
app-service/scm-authorization.ts: Texts unverified.
app-service/scm-deployments.ts: That a failure is then a 400 is unverified.
entra/issue-token.ts: That a managed identity's is of that length and names its resource is unverified.
entra/issue-token.ts: "2" is a certificate; that federated credentials and managed identities are reported so is unverified.
entra/rules/assertion-issuer.ts: AADSTS700238, observed; its text is unverified.
entra/rules/assertion-issuer.ts: Entra's own tokens are assertions of applications only, never of a managed identity (AADSTS700222, text observed; its status and that it is still what a managed identity meets are unverified; learn.microsoft.com/entra/workload-id/ workload-identity-federation-considerations, "Unsupported scenarios").
entra/rules/assertion-issuer.ts: AADSTS700027 from the error codes reference; the text of AADSTS7000272 is unverified.
entra/rules/assertion.ts: AADSTS50027, use unverified.
entra/rules/assertion.ts: An Entra token used as an assertion is a v2.0 one (AADSTS700227, observed; its full text is unverified).
entra/rules/assertion.ts: AADSTS700024, text observed, its status unverified.
entra/rules/assertion.ts: What Entra answers to a system-assigned one is not public: the family code AADSTS70021 and its text stand in, unverified.
entra/rules/assertion.ts: Federation does not chain: a token that itself came from a federated credential, marked by \`xms_ficinfo\`, is no assertion (AADSTS700231, observed; its exact text is unverified).
entra/rules/client.ts: AADSTS700016, text observed; that a single-tenant application or a managed identity elsewhere is reported so is unverified.
entra/rules/client.ts: A disabled service principal gets no token: \`accountEnabled: false\` is the tenant's own kill switch (Microsoft Entra error codes reference, AADSTS7000112; \`unauthorized_client\` observed, its status unverified).
entra/rules/credential.ts: AADSTS700213, or AADSTS7002138 when only case differs (observed; its full text is unverified).
entra/rules/errors.ts: Text and \`error\` unverified.
entra/rules/request.ts: AADSTS70003, from the error codes reference; its full text is unverified.
entra/rules/request.ts: That Entra uses it for a wrong client_assertion_type too is unverified.
entra/rules/resource.ts: The tenant lets the client have tokens for an API: its service principal, where the tenant has one, is enabled (AADSTS500014, text observed, status and \`error\` unverified) and wants no role where the client has none (AADSTS501051, observed).
entra/rules/tenant.ts: Neither a GUID nor a domain name: AADSTS900023, whose text is unverified.
entra/rules/tenant.ts: AADSTS50194 for a single-tenant application, text observed; AADSTS50059 from the error codes reference otherwise, its use here is unverified.
entra/rules/tenant.ts: Codes AADSTS50049 and AADSTS50050 from the error codes reference; \`invalid_instance\` observed, the use of 50050 unverified.
graph/federated-credentials.ts: The two conflicts were observed; the texts of the other refusals are unverified.
graph/rules/app-roles-body.ts: Throws Graph's 400, also for one that is taken away while it is enabled (code and text observed; those of other refusals are unverified).
graph/rules/create-app-role-assignment.ts: Throws Graph's 400 and 404 (texts observed; that a role for users alone is refused as one that does not exist is unverified) and 501 for APIs of Microsoft's.
graph/rules/create-service-principal.ts: Code, text and detail observed for ids without application; that single-tenant applications of other tenants are refused with the same is unverified.
graph/rules/federated-credential-body.ts: Texts of these refusals are unverified, modelled on the same rules of user-assigned identities in Resource Manager.
graph/rules/federated-credential-body.ts: What a credential is known by may be repeated, not changed (code and text unverified).
graph/rules/federated-credential-body.ts: The limit is documented (workload-identity-federation-considerations); code and text are unverified.
graph/rules/restore.ts: Restores an application with its credentials, and its own tenant's service principal with it (entra/identity/ enterprise-apps/delete-recover-faq; said of the admin center, for Graph unverified).
graph/rules/restore.ts: What has taken its uniqueName or an identifier URI meanwhile stands in the way; code and text of that are unverified.
graph/rules/restore.ts: A service principal cannot be restored without its application (howto-restore-app; code and text unverified).
graph/rules/writable-properties.ts: Throws Graph's 400 for a property that does not exist (text observed), cannot be written (text unverified) or would not be in form, 501 for secrets and certificates.
graph/service-principals.ts: It goes with its identity only; code and text are unverified.
resource-manager/answer-request.ts: That Azure's order is the same throughout is unverified.
resource-manager/authorization/custom-roles.ts: The status is unverified.
resource-manager/authorization/custom-roles.ts: Throws for a built-in one; code and text of that refusal are unverified.
resource-manager/authorization/role-assignment-body.ts: The refusal's text is unverified.
resource-manager/authorization/role-assignments.ts: That Azure looks at the old one is unverified.
resource-manager/authorization/role-definition-body.ts: Throws the first refusal; texts of those not said to be observed are unverified.
resource-manager/authorization/role-definitions.ts: At the root, where no subscription is named, are the built-in roles, and every caller may read them; that no permission is needed there is unverified.
resource-manager/authorization/role-definitions.ts: Throws RoleDefinitionDoesNotExist; that Azure says so too of a custom role that can be assigned elsewhere only is unverified.
resource-manager/engine/authorize.ts: What Azure says of deleting an assignment is unverified: as of everything else.
resource-manager/engine/etag.ts: Resource Manager's code and text are unverified.
resource-manager/engine/list-page.ts: That a page has 1000 at most is unverified.
resource-manager/engine/list-page.ts: Code and text are unverified.
resource-manager/engine/long-running-operations.ts: What its own client follows is no resource of anybody's: that no permission is asked for is a belief.
resource-manager/engine/requested-identity.ts: That a PATCH which removes the last one gets this answer is unverified: clients change the type instead.
resource-manager/managed-identity/federated-credential-body.ts: Throws for a name that is not 3 to 120 letters, digits, dashes and underscores, of which the first is a letter or a digit (entra/workload-id/workload-identity-federation-considerations, with the texts of the refusals; their code is unverified).
resource-manager/managed-identity/federated-credential-body.ts: The text is unverified.
resource-manager/managed-identity/system-assigned-identities.ts: Throws for a resource that has none; code and text are unverified.
resource-manager/managed-identity/user-assigned-identities.ts: Code and text are unverified.
resource-manager/resources/resource-groups.ts: The texts for length and period are unverified.
resource-manager/storage/account-keys.ts: The text is unverified.
resource-manager/storage/account-properties.ts: That a missing one is refused in the same words is unverified.
resource-manager/storage/blob-service-properties.ts: Observed for \`restorePolicy\` (Azure/arm-template-whatif issue 354); that these are refused in such words is unverified.
resource-manager/storage/container-properties.ts: Throws for metadata that are no strings, for a level of public access that does not exist (https://learn.microsoft.com/rest/api/storagerp/blob-containers/create, "PublicAccess"; that it is refused in an account property's words is unverified), and for public access where \`account\` allows none.
resource-manager/storage/errors.ts: Azure Storage's refusal of a property's value that does not exist; the address in its text is unverified.
resource-manager/web/delete-site.ts: That a plan stays that is locked or that the caller may not delete is unverified.
resource-manager/web/errors.ts: BadRequest for a parameter's value, in words observed for \`sku\` and \`SKU.Name\` (MicrosoftDocs/azure-docs issue 37423, hashicorp/terraform-provider-azurerm issue 25205); that other parameters are refused in the same ones is unverified.
resource-manager/web/host-name-bindings.ts: The text is unverified.
resource-manager/web/plan.ts: The text is unverified.
resource-manager/web/plan.ts: Their workers are not the plan's own: exported templates give Y1 a capacity of 0; that the others may have it is unverified.
resource-manager/web/site-name.ts: The texts are unverified.
resource-manager/web/site-name.ts: The text is unverified.
resource-manager/web/site-properties.ts: In any case: sites are deployed with \`ftpsState: 'disabled'\` (Azure/azure-dev pull request 1345); of the others it is unverified.
resource-manager/web/site-properties.ts: As App Service answers a body that it cannot read (Azure/azure-rest-api-specs issue 23604); which name it says is unverified.
resource-manager/web/site-reads.ts: Azure answers 404 for a site without backups; the text is unverified.
storage/copy/put-from-url.ts: That it does not take its metadata over is unverified.
storage/data-lake.ts: That a role is needed first is unverified.
storage/engine/blob-request.ts: The codes are unverified; that control characters are refused follows from List Blobs, which has to encode U+FFFE and U+FFFF alone for its XML.
storage/rules/headers.ts: That the code is the one for any header is unverified.
storage/rules/xml-document.ts: Throws InvalidXmlDocument, whose use for another root is unverified, and 501 for service properties without a property: they change nothing, and Azurite fails on them.
world/directory/host-identities.ts: Deleted ones are still listed at the host but have no service principal any more, also when one of the same name was made since: that is another one, to be assigned again (entra/identity/managed-identities-azure-resources/manage-user-assigned-managed-identities-azure-portal, "Delete a user-assigned managed identity"; that the host has no token before it is assigned again is unverified).
world/tokens/apis.ts: That Entra does not ask whether the account exists is unverified.
graph/batch.ts: Code and text on too many steps were observed; the texts on malformed steps are unverified.
graph/directory-objects.ts: The text on too many ids is unverified.
graph/engine/errors.ts: Observed texts of Graph's 401, but for those on scheme, issuer and principal, which are unverified.
graph/engine/permissions.ts: Under OwnedBy its owner may, and, which is unverified, the owner of its application in the same tenant.
graph/odata/filter.ts: Throws a 400; the code and the first words of Graph's texts were observed, how they go on is the OData library's own, and unverified.
graph/odata/page.ts: Throws the directory's refusal of a token that it did not make (code documented in graph/errors; its text is unverified).
graph/odata/query-options.ts: That a search needs the header is documented in graph/aad-advanced-queries; the text on $skip is unverified.
graph/odata/query-options.ts: The text on sizes out of range was observed; that on texts is the OData library's own, and unverified.
graph/odata/require-filterable.ts: Texts observed in microsoft-graph-docs#18795, graph-explorer#1085; that for \`not\` without the parameters, and the OData library's on types, are unverified.
graph/odata/types.ts: That appRoleAssignmentRequired takes the advanced query parameters was observed (microsoft-graph-docs#18795); that servicePrincipalType does not is unverified.
instance-metadata/api-versions.ts: Throws MetadataError for one that is missing; the text was observed for \`resource\`, that it is the same for \`api-version\` is unverified.
instance-metadata/api-versions.ts: Text observed, its \`error\` unverified.
instance-metadata/instance-compute.ts: The answer without api-version is documented; that an unknown one is answered alike is unverified.
instance-metadata/machine-endpoint.ts: The status is documented, the body unverified.
instance-metadata/machine-endpoint.ts: The first is as recorded (2021 and 2022; how-to-use-vm-token documents bad_request_102 with the same text), the second's text is unverified.
key-vault/certificate-contacts.ts: The permission is the only one on contacts that a built-in role has (Key Vault Certificates Officer); that it is the one to read them, and the text, are unverified.
key-vault/deleted-secrets.ts: That reading one takes the right to read properties, not values, is unverified.
resource-manager/check-existence.ts: Azure answers 405 for types that do not have it; that those here have is unverified.
resource-manager/key-vault/deleted-vaults.ts: That the text is Azure's is unverified.
resource-manager/key-vault/vault-properties.ts: Observed for \`tenantId\`; that the others are refused in the same words is unverified.
resource-manager/resources/locks.ts: The code and text of Azure's refusal are unverified.
resource-manager/resources/subscriptions.ts: That it sees every subscription in which it has a role for management is unverified.
resource-manager/resources/tags.ts: The code and text of Azure's refusal are unverified.`;

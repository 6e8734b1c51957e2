import type { JsonObject } from "../../base/json.ts";

const unset = `
  enabled unauthenticatedClientAction tokenStoreEnabled allowedExternalRedirectUrls defaultProvider clientId clientSecret
  clientSecretSettingName clientSecretCertificateThumbprint issuer allowedAudiences additionalLoginParams
  aadClaimsAuthorization googleClientId googleClientSecret googleClientSecretSettingName googleOAuthScopes facebookAppId
  facebookAppSecret facebookAppSecretSettingName facebookOAuthScopes gitHubClientId gitHubClientSecret
  gitHubClientSecretSettingName gitHubOAuthScopes twitterConsumerKey twitterConsumerSecret twitterConsumerSecretSettingName
  microsoftAccountClientId microsoftAccountClientSecret microsoftAccountClientSecretSettingName microsoftAccountOAuthScopes
  configVersion`
  .trim()
  .split(/\s+/);

/** App Service's authentication that nobody turned on, as `config/web` shows it (every recorded answer). */
export const unsetAuthSettings: JsonObject = {
  ...Object.fromEntries(unset.map((name) => [name, null])),
  isAadAutoProvisioned: false,
};

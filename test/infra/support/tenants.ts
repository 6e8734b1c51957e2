/** A home tenant and a managed resource tenant as the configuration has them. */
export const homeTenant = {
  tenantId: "6b6b1c1e-5f0a-4c5b-9d0e-2b7a4a1f3c01",
  subscriptionId: "0d8f2a54-3c1b-4d7e-8a90-51c6f0b2e701",
  location: "westeurope",
};
export const contoso = {
  name: "contoso",
  tenantId: "c4f1e8d2-7a36-49b0-8e5d-1f92b7c06a02",
  subscriptionId: "51a9c7e3-d20f-46b8-9c14-e8370fd5b602",
  location: "northeurope",
  targets: [{ name: "invoices" }],
};

/** On whose behalf a request is made, and what a signature lets of that person's rights. */
export interface BlobAccess {
  readonly tenantId: string;
  /** The service principal in that tenant: the caller, or who the user delegation key was issued to. */
  readonly objectId: string;
  /** `sp` of the signature; undefined for a token, which takes nothing away. */
  readonly signed?: string;
}

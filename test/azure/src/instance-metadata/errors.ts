/** What the instance metadata service refuses, in its words; rendered as `{error, error_description}`. */
export class MetadataError extends Error {
  readonly status: 400 | 405 | 429;
  readonly error: string;

  constructor(error: string, description: string, status: 400 | 405 | 429 = 400) {
    super(description);
    this.name = "MetadataError";
    this.error = error;
    this.status = status;
  }
}

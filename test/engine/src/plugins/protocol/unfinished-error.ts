/** Azure has made the resource, but what belongs to its creation failed: it stays in the state, and the next `up` goes on. */
export class UnfinishedError extends Error {
  readonly id: string;

  constructor(cause: Error, id: string) {
    super(cause.message, { cause });
    this.id = id;
  }
}

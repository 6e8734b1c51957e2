/** What the local Azure cannot carry out as Azure does: its services answer 501, never a guess. */
export class NotEmulated extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotEmulated";
  }
}

const RealDate = Date;
let shiftMs = 0;

/**
 * Moves this process's wall clock forward, for whoever asks it: a token that lives a day is due for
 * refresh without waiting half a day. Timers and sockets go on in real time.
 */
export function shiftDate(byMs: number): void {
  shiftMs += byMs;
  globalThis.Date = ShiftedDate;
}

const now = (): number => RealDate.now() + shiftMs;

const ShiftedDate = new Proxy(RealDate, {
  construct: (target, args: [] | ConstructorParameters<DateConstructor>) =>
    args.length === 0 ? new target(now()) : new target(...args),
  get: (target, property, receiver) =>
    property === "now" ? now : Reflect.get(target, property, receiver),
});

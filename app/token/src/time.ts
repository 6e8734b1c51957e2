// The module's side door: time as it sees it, for programs that are tested on a clock of their own.
export { isoTime, pause, systemClock, type Clock } from "./clock.ts";
export { abortReason, untilAborted } from "./until-aborted.ts";

import type { Azure } from "../../service/azure.ts";
import { StorageError } from "./storage-error.ts";

/** What storage says when it cannot (learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes), with the fault's status. */
export function answerFault({ clock }: Azure, request: Request, status: number): Response {
  const error =
    status === 503
      ? new StorageError(status, "ServerBusy", "The server is busy.")
      : new StorageError(
          status,
          "InternalError",
          "The server encountered an internal error. Please retry the request.",
        );
  return error.toResponse(request, clock.now());
}

/**
 * The same answer, whose body stops after so many bytes until `released`; then it breaks off. A body that is not longer
 * comes whole.
 */
export function cutBody(answer: Response, afterBytes: number, released: AbortSignal): Response {
  if (answer.body === null) return answer;
  const reader = answer.body.getReader();
  let left = afterBytes;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      if (value.length > 0 && left > 0) controller.enqueue(value.subarray(0, left));
      left -= value.length;
      if (left >= 0) return undefined;
      await reader.cancel();
      return new Promise((_, reject) => {
        const breakOff = () => reject(new Error("injected fault"));
        if (released.aborted) breakOff();
        else released.addEventListener("abort", breakOff, { once: true });
      });
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, answer);
}

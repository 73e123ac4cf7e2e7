/** Returns the response of an early call to this URL, once. */
export function takeEarlyResponse(
  url: RequestInfo | URL,
  signal: AbortSignal,
): Promise<Response> | undefined {
  const calls = window.earlyCalls
  const early = calls?.get(url)
  calls?.delete(url)
  return (
    early &&
    new Promise((resolve, reject) => {
      signal.onabort = () => reject(signal.reason)
      early.then(resolve, reject)
    })
  )
}

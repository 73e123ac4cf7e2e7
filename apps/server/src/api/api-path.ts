/** Checks whether a path is under /trpc. */
export function isTrpcPath(path: string): boolean {
  return /^\/trpc(\/|$)/i.test(path)
}

/** Checks whether a path is under /trpc or /api. */
export function isApiPath(path: string): boolean {
  return /^\/(trpc|api)(\/|$)/i.test(path)
}

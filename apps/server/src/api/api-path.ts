export function isApiPath(path: string): boolean {
  return /^\/(trpc|api)(\/|$)/i.test(path)
}

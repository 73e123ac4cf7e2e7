/**
 * Returns why a port cannot be opened and how to fix it, in one line. Undefined for errors that another port
 * does not fix.
 * @param setting the name of the setting that chooses the port
 */
export function portProblem(error: unknown, port: number, setting: string): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, syscall }: NodeJS.ErrnoException = error
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop the program that has it, or set ${setting} to another number.`
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return `Port ${port} may not be opened by this user. Set ${setting} to a number above 1023.`
  }
  return undefined
}

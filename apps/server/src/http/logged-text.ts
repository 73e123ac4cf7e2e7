/**
 * Returns the beginning of a text of a client for a log line. What is not printable ASCII becomes `?`: C1
 * control characters, which JSON does not escape, change the terminal that shows the log (CWE-150).
 */
export function loggedText(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(/[^ -~]/g, '?')
}

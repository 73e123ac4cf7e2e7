/** Tells a password manager whose password is asked for, where the page knows it and does not ask. */
export function KnownUsername({ username }: { username: string }) {
  return <input type="text" autoComplete="username" value={username} readOnly hidden />
}

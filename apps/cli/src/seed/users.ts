/** The names of the accounts; the first is the admin. More than a page of the list of users. */
export const usernames = [
  'ada',
  'grace',
  'alan',
  'barbara',
  'edsger',
  'katherine',
  'donald',
  'radia',
  'margaret',
  'tony',
  'frances',
  'niklaus',
  'jean',
  'claude',
  'hedy',
  'leslie',
  'adele',
  'whitfield',
  'shafi',
  'tim',
  'joan',
  'dennis',
  'ken',
  'lynn',
] as const

const userAgents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
]

/** Returns the address (for documentation, RFC 5737) and the browser of a user's device. */
export function clientOf(userIndex: number, device = 0): { ip: string; userAgent: string } {
  const userAgent = userAgents[(userIndex + device) % userAgents.length] ?? ''
  return { ip: `${device === 0 ? '192.0.2' : '198.51.100'}.${userIndex + 1}`, userAgent }
}

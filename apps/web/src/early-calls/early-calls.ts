// The calls that the first page needs, made while the code of the app is still on its way. Each URL is the
// one that the client makes later, which takes the response (`take-early-response.ts`).

declare global {
  interface Window {
    /** Responses that are awaited, by URL. */
    earlyCalls?: Map<RequestInfo | URL, Promise<Response>>
  }
}

/** An older response of a page is not used, as if it were cached for longer than `staleTime` (main.tsx). */
const maxAgeMs = 5_000

const session = '/trpc/auth.session?batch=1&input=%7B%7D'

/** What a page asks for a user at once, by address. */
const callsOfPages: Readonly<Record<string, string>> = {
  // One line a page.
  '/': '/trpc/notes.list?batch=1&input=%7B%220%22%3A%7B%22limit%22%3A20%7D%7D',
}

/** Asks who is logged in, and then for what the page shows to a user. */
export async function startEarlyCalls(): Promise<void> {
  const next = callsOfPages[location.pathname + location.search]
  try {
    // A copy, because the app reads the body.
    const body = await call(session).then((response) => response.clone().text())
    if (next !== undefined && body.includes('"user":{')) await call(next)
  } catch {
    // The app meets the same failure.
  }
}

function call(path: string): Promise<Response> {
  const calls = (window.earlyCalls ??= new Map())
  const url = location.origin + path
  const response = fetch(url)
  calls.set(url, response)
  const drop = () => calls.delete(url)
  const expire = () => setTimeout(drop, maxAgeMs)
  // While the page is visible, it is unlikely that the user logs in or out in another tab.
  if (path === session) document.addEventListener('visibilitychange', drop)
  void response.then(path === session ? undefined : expire, expire)
  return response
}

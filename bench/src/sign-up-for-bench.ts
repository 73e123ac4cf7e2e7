import { signupInput } from '@app/contract/testing'

/** Signs a user up. @returns the value of a Cookie header */
export async function signUpForBench(url: string, username: string): Promise<string> {
  const answer = await callBench(
    url,
    'auth.signup',
    signupInput({ username, password: 'a stopwatch and a lock' }),
  )
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
}

/** Calls a procedure. @throws Error with the response if the call fails */
export async function callBench(
  url: string,
  procedure: string,
  input: object,
  cookie = '',
): Promise<Response> {
  const answer = await fetch(`${url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(input),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer
}

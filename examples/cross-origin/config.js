/** The server has the host name of this page, so that browsers send it the cookie as to one site. */
export const serverUrl = serverFor(location.hostname)

function serverFor(hostname) {
  if (hostname === 'localhost') return 'http://localhost:8087'
  if (hostname === '127.0.0.1') return 'http://127.0.0.1:8087'
  return 'https://accounts.example.org'
}

/** What every call needs: `include` sends and stores the session cookie of another origin. */
export const fetchOptions = {
  method: 'GET',
  mode: 'cors',
  cache: 'default',
  credentials: 'include',
  headers: {
    'Content-Type': 'application/json',
    'X-Origin': 'client',
  },
}

/** Logs in, then runs `callback`; shows a failure in the element with the id `message`. */
export async function login({ URL, method, cache, body, message, callback }) {
  const show = (text) => {
    document.getElementById(message).textContent = text
  }
  show('')
  try {
    const response = await fetch(URL, { ...fetchOptions, method, cache, body: JSON.stringify(body) })
    if (!response.ok) return show(`Login error: ${response.status}`)
  } catch (error) {
    return show(`Possible CORS or service down error: ${String(error)}`)
  }
  callback()
}

import { fetchOptions, serverUrl } from './config.js'

async function call(path, method = 'GET') {
  const response = await fetch(serverUrl + path, { ...fetchOptions, method })
  const { message, data } = await response.json()
  document.getElementById('message').textContent = message
  return data
}

function showUsers(users) {
  const items = users.map(({ uid, name }) => {
    const item = document.createElement('li')
    item.textContent = `${name} (${uid})`
    return item
  })
  document.getElementById('users').replaceChildren(...items)
}

async function logOut() {
  await call('/api/authenticate', 'DELETE')
  showUsers([])
}

document.getElementById('logout').addEventListener('click', () => void logOut())

showUsers((await call('/api/users')) ?? [])
await call('/api/id')

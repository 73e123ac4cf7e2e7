import { onSubmit } from './form.ts'

onSubmit(async (username, password) => {
  const answer = await fetch('/log-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!answer.ok) return answer.statusText
  const user = (await (await fetch('/me')).json()) as { username: string }
  return user.username
})

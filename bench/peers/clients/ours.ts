import { attempt, createClient } from '@app/client'
import { onSubmit } from './form.ts'

const api = createClient(location.origin)

onSubmit(async (username, password) => {
  const result = await attempt(api.auth.login.mutate({ username, password }))
  if (!result.ok) return result.failure.reason
  return (await api.account.me.query()).username
})

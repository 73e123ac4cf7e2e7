import { createAuthClient } from 'better-auth/client'
import { onSubmit } from './form.ts'

const auth = createAuthClient()

onSubmit(async (email, password) => {
  const { error } = await auth.signIn.email({ email, password })
  if (error !== null) return error.code ?? error.statusText
  const { data } = await auth.getSession()
  return data?.user.name ?? ''
})

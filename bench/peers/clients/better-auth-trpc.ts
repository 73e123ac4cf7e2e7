import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createAuthClient } from 'better-auth/client'
import superjson from 'superjson'
import type { GuardedRouter } from '../better-auth.ts'
import { onSubmit } from './form.ts'

const auth = createAuthClient()
const api = createTRPCClient<GuardedRouter>({
  links: [httpBatchLink({ url: '/trpc', transformer: superjson })],
})

onSubmit(async (email, password) => {
  const { error } = await auth.signIn.email({ email, password })
  if (error !== null) return error.code ?? error.statusText
  return (await api.me.query()).name
})

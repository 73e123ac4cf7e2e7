import { useQuery } from '@tanstack/react-query'
import { useApi } from '../api/api.ts'
import { isOwnDefect } from '../api/call-failed.ts'

/**
 * Loads what this installation offers to visitors: who may sign up, whether it sends mail, and whom to ask.
 * Undefined until it is known; pages show their form meanwhile, because the server decides anyway.
 */
export function useAccountOptions() {
  const { client, valueOrThrow } = useApi()
  const options = useQuery({
    queryKey: ['account-options'],
    queryFn: ({ signal }) => valueOrThrow(client.auth.options.query(undefined, { signal })),
    // They change with a restart of the server only.
    staleTime: Infinity,
    throwOnError: isOwnDefect,
  })
  return options.data
}

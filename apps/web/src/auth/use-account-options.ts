import { useQuery } from '@tanstack/react-query'
import { useApi } from '../api/api.ts'
import { isOwnDefect } from '../api/call-failed.ts'
import { useRetryOnReturn } from '../api/use-retry-on-return.ts'

/**
 * Returns what this installation offers to visitors: who may sign up, whether it sends mail, and whom to ask.
 * Undefined until it is known; pages show their form meanwhile, because the server decides anyway.
 */
export function useAccountOptions() {
  return useAccountOptionsQuery().data
}

/** Loads the options. Retries when the server is back, because most pages show no failure of this query. */
export function useAccountOptionsQuery() {
  const { client, valueOrThrow } = useApi()
  const options = useQuery({
    queryKey: ['account-options'],
    queryFn: ({ signal }) => valueOrThrow(client.auth.options.query(undefined, { signal })),
    // They change with a restart of the server only.
    staleTime: Infinity,
    throwOnError: isOwnDefect,
  })
  useRetryOnReturn(options.error, () => void options.refetch({ cancelRefetch: false }))
  return options
}

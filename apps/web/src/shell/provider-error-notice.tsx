import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useFlash } from '../components/flash.tsx'

/** The name in the query with which the server says why an outside identity did not do what was asked. */
const name = 'provider-error'

/** Shows what went wrong at a provider of outside identities. The sentences load when one is needed. */
export function ProviderErrorNotice() {
  const { show } = useFlash()
  const [path, navigate] = useLocation()
  const search = useSearch()
  useEffect(() => {
    const params = new URLSearchParams(search)
    const code = params.get(name)
    if (code === null) return
    params.delete(name)
    navigate(params.size === 0 ? path : `${path}?${params.toString()}`, { replace: true })
    void import('@app/contract/provider-links').then(({ providerErrorText, providerErrors }) =>
      show(providerErrorText(code) ?? providerErrors.invalid, { kind: 'problem' }),
    )
  }, [show, path, navigate, search])
  return null
}

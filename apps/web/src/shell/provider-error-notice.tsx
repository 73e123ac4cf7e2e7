import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useFlash } from '../components/flash.tsx'
import { urlWithout } from './url-without.ts'

/** The name in the query with which the server says why an outside identity did not do what was asked. */
const name = 'provider-error'

/** Shows what went wrong at a provider of outside identities. The sentences load when one is needed. */
export function ProviderErrorNotice() {
  const { show } = useFlash()
  const [, navigate] = useLocation()
  const search = useSearch()
  useEffect(() => {
    const code = new URLSearchParams(search).get(name)
    if (code === null) return
    navigate(urlWithout(name), { replace: true })
    void import('@app/contract/provider-links').then(({ providerErrorText, providerErrors }) =>
      show(providerErrorText(code) ?? providerErrors.invalid, { kind: 'problem' }),
    )
  }, [show, navigate, search])
  return null
}

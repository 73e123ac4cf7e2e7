import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useFlash } from '../components/flash.tsx'

/**
 * Explains that a form was submitted without the code of its page and nothing was sent. The server redirects
 * back to the page with `form=unsent` in the query, which is removed from the address bar.
 */
export function UnsentFormNotice() {
  const { show } = useFlash()
  const [path, navigate] = useLocation()
  const search = useSearch()
  useEffect(() => {
    const params = new URLSearchParams(search)
    if (params.get('form') !== 'unsent') return
    params.delete('form')
    show(
      'Nothing was sent. Your password manager may have submitted the form automatically. Fill it in and press its button.',
      { kind: 'problem' },
    )
    navigate(params.size === 0 ? path : `${path}?${params.toString()}`, { replace: true })
  }, [show, path, navigate, search])
  return null
}

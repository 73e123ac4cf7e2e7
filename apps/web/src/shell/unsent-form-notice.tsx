import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useFlash } from '../components/flash.tsx'

/**
 * Says what became of a form that was submitted without the code of its page: the server leads back to the
 * page with `form=unsent` in the query, which goes from the address bar when it has been read.
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
      'Nothing was sent. Your password manager may have submitted the form by itself. Fill it in and press its button.',
    )
    navigate(params.size === 0 ? path : `${path}?${params.toString()}`, { replace: true })
  }, [show, path, navigate, search])
  return null
}

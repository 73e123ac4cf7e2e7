import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useFlash } from '../components/flash.tsx'

/**
 * Shows what became of a form that was submitted without the code of its page. The server redirects with
 * `form=unsent`, when nothing was sent, or `form=logged-out` in the query, which is removed from the address
 * bar.
 */
export function UnsentFormNotice() {
  const { show } = useFlash()
  const [path, navigate] = useLocation()
  const search = useSearch()
  useEffect(() => {
    const params = new URLSearchParams(search)
    const form = params.get('form')
    if (form !== 'unsent' && form !== 'logged-out') return
    params.delete('form')
    if (form === 'logged-out') show('You are logged out.')
    else show(unsentText, { kind: 'problem' })
    navigate(params.size === 0 ? path : `${path}?${params.toString()}`, { replace: true })
  }, [show, path, navigate, search])
  return null
}

const unsentText =
  'Nothing was sent. Your password manager may have submitted the form automatically. Fill it in and press its button.'

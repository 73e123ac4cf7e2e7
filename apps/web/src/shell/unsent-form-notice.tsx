import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useFlash } from '../components/flash.tsx'
import { urlWithout } from './url-without.ts'

/**
 * Shows what became of a form that was submitted without the code of its page. The server redirects with
 * `form=unsent`, when nothing was sent, or `form=logged-out` in the query, which is removed from the address
 * bar.
 */
export function UnsentFormNotice() {
  const { show } = useFlash()
  const [, navigate] = useLocation()
  const search = useSearch()
  useEffect(() => {
    const form = new URLSearchParams(search).get('form')
    if (form !== 'unsent' && form !== 'logged-out') return
    if (form === 'logged-out') show('You are logged out.')
    else show(unsentText, { kind: 'problem' })
    navigate(urlWithout('form'), { replace: true })
  }, [show, navigate, search])
  return null
}

const unsentText =
  'Nothing was sent. Your password manager may have submitted the form automatically. Fill it in and press its button.'

import { useRef, useState } from 'react'
import { useLocation } from 'wouter'

import { useApi } from '../api.ts'
import { useFlash } from '../components/flash.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { useDropDrafts } from './drafts.tsx'
import { useTabs } from './tabs-context.ts'
import { useSessionChange } from './use-session-change.ts'

interface LogOut {
  logOut: () => Promise<void>
  pending: boolean
}

export function useLogOut(): LogOut {
  const api = useApi()
  const flash = useFlash()
  const session = useSessionChange()
  const tabs = useTabs()
  const dropDrafts = useDropDrafts()
  const [, navigate] = useLocation()
  const [pending, setPending] = useState(false)
  const underWay = useRef(false)

  async function logOut() {
    if (underWay.current) return
    underWay.current = true
    setPending(true)
    const result = await api.attempt(api.client.auth.logout.mutate({}))
    underWay.current = false
    setPending(false)
    if (!result.ok) {
      flash.show(`You are still logged in. ${failureSentence(result.failure)}`)
      return
    }
    flash.show('Successfully logged out.', '/login')
    dropDrafts()
    session.leave()
    tabs.tell('signed-out')
    navigate('/login')
  }

  return { logOut, pending }
}

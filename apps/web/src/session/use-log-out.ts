import { useRef, useState } from 'react'

import { useApi } from '../api.ts'
import { useFlash } from '../components/flash.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { useLeave } from './use-leave.ts'

interface LogOut {
  logOut: () => Promise<void>
  pending: boolean
}

export function useLogOut(): LogOut {
  const api = useApi()
  const flash = useFlash()
  const leave = useLeave()
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
    leave('Successfully logged out.')
  }

  return { logOut, pending }
}

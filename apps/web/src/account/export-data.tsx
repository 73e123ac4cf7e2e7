import type { AccountExport, Self } from '@latchkey/contract'
import { useState } from 'react'

import { useApi } from '../api.ts'
import { Button } from '../components/button.tsx'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { type Message, failureMessage } from '../failure-sentence.ts'
import { useConfirmed } from '../session/confirm-identity.tsx'

/** Everything that is kept about the viewer, as a file. */
export function ExportData({ viewer }: { viewer: Self }) {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const flash = useFlash()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function download() {
    setPending(true)
    setProblem(undefined)
    const result = await confirmed(() => client.account.export.query())
    setPending(false)
    if (!result.ok) {
      setProblem(exportProblem(result.failure))
      return
    }
    const name = fileName(viewer, result.data)
    saveFile(name, JSON.stringify(result.data, null, 2))
    flash.show(`Your data is in the file ${name}.`)
  }

  return (
    <>
      <FormAlert problem={problem} />
      <p>
        One file (JSON) with everything that is kept about you: profile, e-mail addresses, sessions, notes and
        activity. Keep it in a safe place: it is not encrypted.
      </p>
      <div>
        <Button pending={pending} onClick={() => void download()}>
          Download my data
        </Button>
      </div>
    </>
  )
}

type ExportFailure = Parameters<typeof failureMessage>[0]

function exportProblem(failure: ExportFailure): Message {
  return failure.reason === 'REAUTH_REQUIRED'
    ? 'Nothing was downloaded: this needs your password first.'
    : failureMessage(failure)
}

function fileName({ username }: Self, { exportedAt }: AccountExport): string {
  return `latchkey-${username}-${exportedAt.slice(0, 10)}.json`
}

function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(address))
}

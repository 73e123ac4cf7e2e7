import type { Self } from '@app/contract'
import { product } from '@app/contract/product'
import { useState } from 'react'
import { useApi } from '../api/api.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { Button } from '../components/button.tsx'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { saveFile } from '../components/save-file.ts'
import { useSession } from '../session/session-context.ts'

/** Downloads all data of the viewer as a file. */
export function ExportData({ viewer }: { viewer: Self }) {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const flash = useFlash()
  const session = useSession()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function download() {
    setPending(true)
    setProblem(undefined)
    const result = await confirmed(() => client.account.export.query())
    const file = result.ok ? await collect(result.value) : null
    setPending(false)
    if (!result.ok) {
      const { failure } = result
      setProblem(
        failure.reason === 'REAUTH_REQUIRED'
          ? 'Nothing was downloaded. Try again and confirm that it is you.'
          : buttonProblem(failure, result.requestId),
      )
      return
    }
    if (file === null) {
      setProblem('Nothing was downloaded: the connection ended too early. Try again.')
      return
    }
    // Another user may be logged in by now, and must not get the file.
    if (!session.isActiveFor(viewer)) {
      setProblem('Nothing was downloaded: the session changed during the download. Try again.')
      return
    }
    const name = fileName(viewer)
    saveFile(name, file)
    flash.show(`Your data is in the file ${name}.`)
  }

  return (
    <>
      <FormAlert problem={problem} />
      <p>
        One file (JSON) with everything that is kept about you: profile, email addresses, sessions, what you
        stored here and activity. Keep it in a safe place: it is not encrypted.
      </p>
      <div>
        <Button pending={pending} onClick={() => void download()}>
          Download my data
        </Button>
      </div>
    </>
  )
}

/**
 * Reads a file into blobs, which browsers may store on disk, so that a large file does not fill the memory of
 * the page.
 * @returns null if the connection ended too early
 */
async function collect(pieces: AsyncIterable<string>): Promise<Blob | null> {
  const blobs: Blob[] = []
  try {
    for await (const piece of pieces) blobs.push(new Blob([piece]))
  } catch {
    return null
  }
  return new Blob(blobs, { type: 'application/json' })
}

function fileName({ username }: Self): string {
  return `${product.slug}-${username}-${new Date().toISOString().slice(0, 10)}.json`
}

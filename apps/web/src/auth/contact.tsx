import type { AccountOptions } from '@app/contract'
import { Untranslated } from '../components/untranslated.tsx'

/** Names whom to ask for help: the contact of this installation, else an admin. */
export function Contact({ options }: { options: AccountOptions | undefined }) {
  const contact = options?.contact ?? null
  if (contact === null) return 'an admin'
  if (!URL.canParse(contact)) return <Untranslated>{contact}</Untranslated>
  return (
    <a href={contact}>
      <Untranslated>{contact.replace(/^(?:mailto:|https:\/\/)/, '')}</Untranslated>
    </a>
  )
}

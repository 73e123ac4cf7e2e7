import { ConfirmTotpInput } from '@app/contract'
import type { Self, TotpEnrollment } from '@app/contract'
import { useApi } from '../../api/api.ts'
import { atField, formProblems, inForm } from '../../api/form-problems.ts'
import { Copyable } from '../../components/copyable.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckBox } from '../../forms/check-box.tsx'
import { EntryForm } from '../../forms/entry-form.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { QrCode } from './qr-code.tsx'
import styles from './totp-set-up.module.css'

interface TotpSetUpProps {
  viewer: Self
  enrollment: TotpEnrollment
  /** @param recoveryCodes null if the account already has some */
  onAdded: (added: { recoveryCodes: string[] | null; endedSessions: number }) => void
  onClose: () => void
}

/** Shows the key of a new authenticator app, and activates it by its first code. */
export function TotpSetUp({ viewer, enrollment, onAdded, onClose }: TotpSetUpProps) {
  const api = useApi()
  return (
    <Dialog title="Set up an authenticator app" onClose={onClose}>
      {/* The form contains everything, so that its buttons stay visible on a low screen. */}
      <EntryForm
        schema={ConfirmTotpInput}
        label="Set up an authenticator app"
        submitLabel="Turn on"
        onCancel={onClose}
        onSubmit={async (input) => {
          const result = await api.attempt(api.client.totp.confirm.mutate(input))
          if (result.ok) {
            onAdded(result.value)
            return undefined
          }
          return formProblems(result, {
            CODE_INVALID: atField('code', 'This code is wrong. Enter the one that the app shows now.'),
            NOT_FOUND:
              'This took longer than ten minutes, or too many codes were wrong. Cancel, and start again.',
            REAUTH_REQUIRED: 'Another second factor was added meanwhile. Cancel, and start again.',
            FACTOR_EXISTS: inForm,
          })
        }}
        intro={
          <div className={styles['steps']}>
            <h3>1. Scan this code with your app</h3>
            <QrCode text={enrollment.uri} label="QR code with the key. You can type the key below instead." />
            <div className={styles['manual']}>
              <p>
                No camera? Type this key into the app, with your user name{' '}
                <span translate="no">{viewer.username}</span>:
              </p>
              <Copyable boxed label="key" text={inGroups(enrollment.secret)} copied={enrollment.secret} />
            </div>
            <h3>2. Enter the code that the app shows</h3>
          </div>
        }
      >
        <TextField
          name="code"
          label="Code"
          hint="Six digits."
          autoComplete="one-time-code"
          inputMode="numeric"
          plain
        />
        <CheckBox name="endOtherSessions" label="End all other sessions" checked />
      </EntryForm>
    </Dialog>
  )
}

/** Returns the key in groups of four, which are easier to type. Apps ignore the spaces. */
function inGroups(secret: string): string {
  return secret.replace(/.{4}(?=.)/g, '$& ')
}

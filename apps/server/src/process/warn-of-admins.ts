import { countAdminsWithoutFactor } from '@app/router'
import type { Services } from '@app/router'

/** Warns of admins who could still add their first second factor by the password alone. */
export async function warnOfAdminsWithoutFactor({ settings, db, log }: Services): Promise<void> {
  if (settings.adminSecondFactor !== 'required') return
  const admins = await countAdminsWithoutFactor(db.read)
  if (admins === 0) return
  const who = admins === 1 ? '1 admin has' : `${admins} admins have`
  log.warn({ admins }, `${who} no second factor. An attacker with the password could add one first`)
}

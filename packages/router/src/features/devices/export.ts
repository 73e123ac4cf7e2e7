import type { AccountExport } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { ExportPart } from '../../ports/export-part.ts'
import { listDeviceUses } from './store.ts'

export const exportKnownDevices: ExportPart<AccountExport['knownDevices']> = async (db, { user, now }) => {
  const devices = await listDeviceUses(db, { userId: user.id, now })
  return devices.map((device) => ({ lastUsedAt: toInstant(device.last_used_at) }))
}

import { auditEvents } from '@app/contract'
import { expect, test } from 'vitest'
import { eventGroups } from './event-names.ts'

test('the groups of the event filter have each event once', () => {
  expect(eventGroups.flatMap(({ events }) => events).toSorted()).toEqual(auditEvents.toSorted())
})

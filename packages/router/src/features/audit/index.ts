export { systemActor } from './by-system.ts'
export { everyOwnEvent, readOwnActivity, toOwnEvent, type Onlooker } from './activity.ts'
export { recordEvent, type Actor, type AuditContext } from './record.ts'
export { blankEvents, findLastLogins } from './store.ts'

export { bySystem } from './by-system.ts'
export { everyOwnEvent, readOwnActivity, toOwnEvent, type Onlooker } from './activity.ts'
export { recordEvent, type Actor, type Circumstances } from './record.ts'
export { blankEvents, findLastLogins } from './store.ts'

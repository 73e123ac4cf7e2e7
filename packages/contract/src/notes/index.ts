export * from './limits.ts'
export * from './notes.ts'

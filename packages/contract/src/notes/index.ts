export * from './limits.ts'
export * from './notes.ts'
export * from './preview.ts'

export * from './limits.ts'
export * from './notes.ts'
export * from './preview.ts'
export * from './scopes.ts'

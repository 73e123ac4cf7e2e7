import { config } from 'zod/mini'

// zod compiles schemas with `new Function`, which the content security policy forbids: each probe would be reported.
// This must run before the first schema is made; schemas are loaded with the pages.
config({ jitless: true })

import { config } from 'zod/mini'

// zod compiles schemas with `new Function`, which the content security policy forbids: each try would be
// reported. Must run before the first schema is created; schemas are loaded with the pages.
config({ jitless: true })

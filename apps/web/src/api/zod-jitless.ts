import { config } from 'zod/mini'

// zod compiles schemas with `new Function`. The content security policy forbids that, and each try would be
// reported. This must run before the first schema is created; schemas are loaded with the pages.
config({ jitless: true })

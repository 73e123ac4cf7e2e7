// zod compiles schemas with `new Function`. The content security policy forbids that, and each try would be
// reported. The app sets zod's global configuration before it loads zod, which comes with the pages.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

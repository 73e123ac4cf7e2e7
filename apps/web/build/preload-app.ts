import type { Plugin, Rolldown } from 'vite'

/** Adds preload links for the app, which `src/start.ts` imports a frame later. */
export function preloadApp(): Plugin {
  return {
    name: 'app:preload-app',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) =>
        [...filesOf(bundle, 'src/main.tsx')]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, fetchpriority: 'low', href: `/${file}` },
            injectTo: 'head' as const,
          })),
    },
  }
}

/** Returns the chunk of a module with all its static imports. */
function filesOf(bundle: Rolldown.OutputBundle, module: string): Set<string> {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const files = new Set(
    chunks.filter((chunk) => chunk.facadeModuleId?.endsWith(`/${module}`)).map(({ fileName }) => fileName),
  )
  // The set grows during the loop, so that indirect imports are included.
  for (const file of files) {
    for (const imported of chunks.find(({ fileName }) => fileName === file)?.imports ?? [])
      files.add(imported)
  }
  return files
}

import type { Plugin, Rolldown } from 'vite'

/** Lets browsers fetch the app while the page is read: `src/start.ts` asks for it a frame later. */
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

/** The chunk of a module with all that it imports at once. */
function filesOf(bundle: Rolldown.OutputBundle, module: string): Set<string> {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const files = new Set(
    chunks.filter((chunk) => chunk.facadeModuleId?.endsWith(`/${module}`)).map(({ fileName }) => fileName),
  )
  // A set grows while it is walked: imports of imports are reached too.
  for (const file of files) {
    for (const imported of chunks.find(({ fileName }) => fileName === file)?.imports ?? [])
      files.add(imported)
  }
  return files
}

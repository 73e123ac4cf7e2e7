import type { Plugin, Rolldown } from 'vite'

/** The pages whose code the start page loads (`src/app.tsx`). */
const startModules = ['src/pages/home.tsx', 'src/pages/note.tsx']

/**
 * Adds preload links for the app, which `src/start.ts` imports a frame later, and for the start page, whose
 * code the app would only load when it runs. The latter are in a template, which the start page alone uses
 * (`src/early-form/early-form.ts`).
 */
export function preloadApp(): Plugin {
  return {
    name: 'app:preload-app',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const app = [...filesOf(bundle, 'src/main.tsx')].filter((file) => !html.includes(file))
        const start = startModules.flatMap((module) => [...filesOf(bundle, module)])
        const links = [...new Set(start)].filter((file) => !app.includes(file) && !html.includes(file))
        return {
          html: html.replace('<template data-path="/">', (tag) => tag + links.map(linkTo).join('')),
          tags: app.map((file) => ({ tag: 'link', attrs: attributesOf(file), injectTo: 'head' as const })),
        }
      },
    },
  }
}

function attributesOf(file: string) {
  return { rel: 'modulepreload', crossorigin: true, fetchpriority: 'low', href: `/${file}` }
}

function linkTo(file: string): string {
  return `<link rel="modulepreload" crossorigin fetchpriority="low" href="/${file}">`
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

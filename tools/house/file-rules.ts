import type { House } from './read-house.ts'

const script = /\.(?:tsx?|mjs)$/

/** Texts that files must not have. */
const refusedTexts: [files: RegExp, text: RegExp, reason: string][] = [
  // oxfmt breaks code, but no comments.
  [script, /^(?=.{111})(?:\s*(?:\*|\/\/|\/\*)|.*\s\/\/ )/gm, 'a comment over 110 columns'],
  [/\.css$/, /^.{111}/gm, 'a line over 110 columns'],
  [script, /^\s*(?:export )?const [A-Z][A-Z\d_]+\b/gm, 'a constant that is not in camelCase'],
  // A field of sign-up that becomes required is added in one place. Tests of types are the exception.
  [
    /^(?:apps|bench|examples|packages)\/.*(?:\/(?:test|e2e)\/.*\.ts|(?<!\/types)\.test\.tsx?$)|^bench\/src\//,
    /auth\.signup(?:\.mutate\(|', )\{/g,
    'a sign-up spelled out; use signupInput of @app/contract/testing',
  ],
  // Its limit of a second fails on a busy machine.
  [
    /^(?:apps|bench|examples|packages)\/.*\.tsx?$/,
    /\bvi\.wait(?:For|Until)\(/g,
    'a wait with a limit of a second; use expect.poll',
  ],
  // It would tie every install to the registry of the author.
  [/(^|\/)pnpm-lock\.yaml$/, /https?:\/\/|tarball:/g, 'an address'],
]

function filesHaveNoRefusedText({ files, read }: House): string[] {
  return [...files, 'pnpm-lock.yaml'].flatMap((file) =>
    refusedTexts
      .filter(([wanted]) => wanted.test(file))
      .flatMap(([, text, reason]) =>
        [...read(file).matchAll(text)].map(
          ({ index }) => `${file}:${read(file).slice(0, index).split('\n').length}: ${reason}`,
        ),
      ),
  )
}

function namesSayWhatIsInside({ files }: House): string[] {
  const drawer = /(^|\/)(utils?|misc|helpers?|common|services?)(\.[^/]*)?(\/|$)/
  return files.filter((file) => drawer.test(file)).map((file) => `${file}: name it after its content`)
}

/** The root's tsconfig.json must reference a package, and its tests must have a script. */
function everyPackageIsChecked({ packages, files, read }: House): string[] {
  return packages.slice(1).flatMap(({ dir, manifest: { scripts } }) => {
    const reference = `"path": "./${dir.replace(/^examples\/.*/, 'examples')}"`
    const isTested = scripts?.['test'] ?? scripts?.['test:e2e']
    const hasTests = files.some((file) => file.startsWith(`${dir}/`) && /\.test\.tsx?$/.test(file))
    return [
      ...(read('tsconfig.json').includes(reference) ? [] : [`tsconfig.json: does not reference ${dir}`]),
      ...(hasTests && !isTested ? [`${dir}/package.json: has tests and no test script`] : []),
    ]
  })
}

export const fileRules = [filesHaveNoRefusedText, namesSayWhatIsInside, everyPackageIsChecked]

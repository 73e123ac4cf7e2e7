import type { House } from './read-house.ts'

const maxColumns = 110
const comment = /^\s*(?:\*|\/\/|\/\*)|\s\/\/ /
const drawer = /(^|\/)(utils?|misc|helpers?|common|services?)(\.[^/]*)?(\/|$)/
const testFile =
  /^(?:apps|bench|examples|packages)\/.*(?:\/(?:test|e2e)\/.*\.ts|(?<!\/types)\.test\.tsx?$)|^bench\/src\//

function namesSayWhatIsInside({ files }: House): string[] {
  return files.filter((file) => drawer.test(file)).map((file) => `${file}: name it after its content`)
}

/** oxfmt breaks code, but no comments. */
function commentsFitTheWidth({ files, read }: House): string[] {
  return files
    .filter((file) => /\.(?:tsx?|mjs|css)$/.test(file))
    .flatMap((file) =>
      read(file)
        .split('\n')
        .map((line, at) =>
          line.length > maxColumns && (comment.test(line) || file.endsWith('css')) ? at : -1,
        )
        .filter((at) => at >= 0)
        .map((at) => `${file}:${at + 1}: a comment over ${maxColumns} columns`),
    )
}

function constantsAreCamelCase({ files, read }: House): string[] {
  return files
    .filter((file) => /\.(?:tsx?|mjs)$/.test(file))
    .flatMap((file) =>
      [...read(file).matchAll(/^\s*(?:export )?const ([A-Z][A-Z\d_]+)\b/gm)].map(
        ([, name]) => `${file}: the constant ${name} is not in camelCase`,
      ),
    )
}

/** A field of sign-up that becomes required is added in one place. Tests of types are the exception. */
function testsSignUpThroughTheFactory({ files, read }: House): string[] {
  return files
    .filter((file) => testFile.test(file) && /auth\.signup(?:\.mutate\(|', )\{/.test(read(file)))
    .map((file) => `${file}: spells a sign-up out; use signupInput of @app/contract/testing`)
}

/** The root's tsconfig.json must reference a package, and its tests must have a script. */
function everyPackageIsChecked({ packages, files, read }: House): string[] {
  const references = JSON.parse(read('tsconfig.json')).references.map(({ path }: { path: string }) => path)
  return packages.flatMap(({ dir, manifest: { scripts } }) => {
    if (dir === '') return []
    const isReferenced = references.includes(`./${dir.replace(/^examples\/.*/, 'examples')}`)
    const isTested = scripts?.['test'] ?? scripts?.['test:e2e']
    const hasTests = files.some((file) => file.startsWith(`${dir}/`) && /\.test\.tsx?$/.test(file))
    return [
      ...(isReferenced ? [] : [`tsconfig.json: does not reference ${dir}`]),
      ...(hasTests && !isTested ? [`${dir}/package.json: has tests and no test script`] : []),
    ]
  })
}

/** An address would tie every install to the registry of the author. */
function lockfileNamesNoRegistry({ read }: House): string[] {
  const address = /https?:\/\/\S+|tarball:/.exec(read('pnpm-lock.yaml'))
  return address ? [`pnpm-lock.yaml: names an address, ${address[0]}`] : []
}

export const fileRules = [
  namesSayWhatIsInside,
  commentsFitTheWidth,
  constantsAreCamelCase,
  testsSignUpThroughTheFactory,
  everyPackageIsChecked,
  lockfileNamesNoRegistry,
]

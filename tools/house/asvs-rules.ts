import type { House } from './read-house.ts'

/** What OWASP ASVS 5.0.0 requires, in our words, and the tests that show it: `file > group > title`. */
export interface Requirement {
  id: string
  level: 1 | 2 | 3
  says: string
  status: 'met' | 'not-met' | 'not-applicable'
  tests: string[]
  documents?: string[]
  note?: string
}

/** Breaks requirements: `put` replaces `find` in the file, and the test must notice it. */
export interface Fault {
  ids: string[]
  file: string
  find: string
  put: string
  test: string
}

function asvsMapIsComplete(house: House): string[] {
  const map = readList<Requirement>(house, 'docs/asvs-map.json')
  return map.flatMap(({ id, status, tests, documents = [], note }) => [
    ...((status === 'met' ? tests[0] || documents[0] : note) ? [] : [`${id}: nothing shows it, or why not`]),
    ...tests.filter((test) => !hasTest(house, test)).map((test) => `${id}: there is no test ${test}`),
    ...documents.filter((name) => !house.read(name)).map((name) => `${id}: there is no ${name}`),
  ])
}

function asvsFaultsCanBePlanted(house: House): string[] {
  const map = readList<Requirement>(house, 'docs/asvs-map.json')
  const faults = readList<Fault>(house, 'docs/asvs-faults.json')
  const planted = new Set(faults.flatMap(({ ids }) => ids))
  const named = new Set(map.flatMap(({ id, tests }) => tests.map((test) => `${id} ${withoutGroups(test)}`)))
  return [
    ...map
      .filter(({ id, status }) => status === 'met' && !planted.has(id))
      .map(({ id }) => `${id}: is met, and no fault shows that a test would notice the opposite`),
    ...faults.flatMap(({ ids, file, find, put, test }) => {
      const times = house.read(file).split(find).length - 1
      const name = withoutGroups(test)
      return [
        ...ids.filter((id) => !named.has(`${id} ${name}`)).map((id) => `${id}: does not name ${test}`),
        ...(times === 1 && find !== put ? [] : [`${ids[0]}: ${file} has this ${times} times: ${find}`]),
      ]
    }),
  ]
}

function readList<T>({ read }: House, file: string): T[] {
  return JSON.parse(read(file)) as T[]
}

/** Looks for the titles as quoted strings; a template's `${…}` is `…` in the list. */
function hasTest({ read }: House, test: string): boolean {
  const [file = '', ...titles] = test.split(' > ')
  const patterns = titles.map((title) =>
    title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '\\$\\{.*?\\}'),
  )
  return read(file) !== '' && patterns.every((each) => new RegExp(`['"\`]${each}['"\`]`).test(read(file)))
}

function withoutGroups(test: string): string {
  const [file, ...titles] = test.split(' > ')
  return `${file} > ${titles.at(-1)}`
}

export const asvsRules = [asvsMapIsComplete, asvsFaultsCanBePlanted]

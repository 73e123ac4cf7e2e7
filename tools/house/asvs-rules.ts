import { existsSync } from 'node:fs'
import { join } from 'node:path'
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

/** Level 1, 2 and 3 of ASVS 5.0.0. */
const wantedCounts = '70, 183, 92'

function asvsMapIsComplete(house: House): string[] {
  const map = readList<Requirement>(house, 'docs/asvs-map.json')
  const ids = map.map(({ id }) => id)
  const counts = [1, 2, 3].map((wanted) => map.filter(({ level }) => level === wanted).length).join(', ')
  return [
    ...(counts === wantedCounts ? [] : [`${counts} requirements of the levels instead of ${wantedCounts}`]),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is there twice`),
    ...map.flatMap(({ id, says, status, tests, documents = [], note }) =>
      [
        ...(/^V\d+\.\d+\.\d+$/.test(id) && says.endsWith('.') ? [] : ['has no id V1.2.3 or no sentence']),
        ...(status === 'met' && tests.length + documents.length === 0
          ? ['is met, and nothing shows it']
          : []),
        ...(status !== 'met' && !note ? ['is not met, and no note says why'] : []),
        ...tests.filter((test) => !hasTest(house, test)).map((test) => `there is no test ${test}`),
        ...documents
          .filter((name) => !existsSync(join(house.root, name)))
          .map((name) => `there is no ${name}`),
      ].map((problem) => `${id}: ${problem}`),
    ),
  ]
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
      return [
        ...ids
          .filter((id) => !named.has(`${id} ${withoutGroups(test)}`))
          .map((id) => `${id}: does not name ${test}`),
        ...(find === put ? [`${ids.join(', ')}: the fault changes nothing`] : []),
        ...(times === 1 ? [] : [`${ids.join(', ')}: ${file} has the text ${times} times: ${find}`]),
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

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A fault that breaks requirements of the ASVS, and the test that must notice it.
 *
 * @typedef {object} Fault
 * @property {string[]} ids of the requirements in docs/asvs-map.json that it breaks
 * @property {string} file what is changed
 * @property {string} find a text that stands in the file once
 * @property {string} put what takes its place
 * @property {string} test `file > group > title` of a test of these requirements
 */

/**
 * @param {string} root
 * @returns {Fault[]}
 */
export function readFaults(root) {
  return JSON.parse(readFileSync(join(root, 'docs/asvs-faults.json'), 'utf8'))
}

/**
 * What is wrong with the list: a fault that cannot be planted any more, or a met requirement without one.
 *
 * @param {readonly Fault[]} faults
 * @param {readonly import('../house/asvs-map.mjs').Requirement[]} map
 * @param {string} root
 * @returns {string[]}
 */
export function faultProblems(faults, map, root) {
  const planted = new Set(faults.flatMap(({ ids }) => ids))
  return [
    ...map
      .filter(({ id, status }) => status === 'met' && !planted.has(id))
      .map(({ id }) => `${id}: is met, and no fault shows that a test would notice the opposite`),
    ...faults.flatMap((fault) =>
      problemsOf(fault, map, root).map((problem) => `${fault.ids.join(', ')}: ${problem}`),
    ),
  ]
}

/**
 * @param {Fault} fault
 * @param {readonly import('../house/asvs-map.mjs').Requirement[]} map
 * @param {string} root
 */
function problemsOf({ ids, file, find, put, test }, map, root) {
  const named = map.flatMap((each) => each.tests.map((own) => `${each.id} ${withoutGroups(own)}`))
  const wrong = ids.filter((id) => !named.includes(`${id} ${withoutGroups(test)}`))
  const source = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : ''
  const times = source.split(find).length - 1
  return [
    ...wrong.map((id) => `${id} does not name the test ${test}`),
    ...(find === put ? ['the fault changes nothing'] : []),
    ...(times === 1 ? [] : [`${file} has the text ${times} times: ${find}`]),
  ]
}

/** @param {string} test `file > group > title` */
function withoutGroups(test) {
  const [file, ...titles] = test.split(' > ')
  return `${file} > ${titles.at(-1)}`
}

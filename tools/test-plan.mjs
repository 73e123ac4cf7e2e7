import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reportFiles } from './sum-suites.ts'

/**
 * @typedef {object} Suite
 * @property {string} taskId as turbo names it
 * @property {string} report relative to the root
 * @property {boolean} cached whether turbo has its result
 * @property {number} seconds of the last run, or else of a run on two idle cores
 *
 * @typedef {{ taskId: string, task: string, command: string, directory: string, cache?: { status?: string },
 *   execution?: { startTime?: number, endTime?: number, exitCode?: number } }} Task
 */

/** @type {Record<string, number>} */
const firstGuess = {
  '@app/server#test': 269,
  '@app/server#test:cluster': 90,
  '@app/web#test:e2e': 330,
  '@app/router#test': 20,
  '@app/cli#test': 40,
  '@app/bench#test': 50,
  '@app/client-pack#test': 20,
  '@app/web#test': 5,
  '//#test:guides': 256,
}
const otherGuess = 4

const measuredFile = '.cache/test-seconds.json'

/**
 * Reads which suites turbo will run, and which have a cached result.
 *
 * @param {string} root
 * @param {readonly string[]} turbo the arguments of the run
 * @param {NodeJS.ProcessEnv} env
 * @returns {Suite[]} empty when turbo fails; the run itself then prints the error
 */
export function readPlan(root, turbo, env) {
  const { stdout, status, error } = spawnSync('turbo', [...turbo, '--dry=json'], {
    cwd: root,
    env,
    encoding: 'utf8',
    // Node's default is a megabyte, and the list of all inputs is longer.
    maxBuffer: Infinity,
  })
  if (error) throw error
  if (status !== 0) return []
  /** @type {{ tasks: Task[] }} */
  const { tasks } = JSON.parse(stdout.slice(stdout.indexOf('{')))
  const measured = readMeasured(root)
  const isForced = turbo.includes('--force')
  return tasks.flatMap(({ taskId, task, command, directory, cache }) => {
    const report = Object.entries(reportFiles).find(([name]) => name === task)?.[1]
    if (report === undefined || command === '<NONEXISTENT>') return []
    const seconds = measured[taskId] ?? firstGuess[taskId] ?? otherGuess
    return [
      { taskId, report: join(directory, report), cached: cache?.status === 'HIT' && !isForced, seconds },
    ]
  })
}

/**
 * @param {readonly Suite[]} suites
 * @returns {string} one line: how many suites run, and how long that takes
 */
export function planLine(suites) {
  const due = suites.filter(({ cached }) => !cached)
  const counts = `${suites.length} ${suites.length === 1 ? 'suite' : 'suites'}, ${suites.length - due.length} unchanged`
  if (due.length === 0) return `${counts}.`
  const names = due.map(({ taskId, seconds }) => `${taskId} ${Math.round(seconds)} s`)
  return `${counts}, ${due.length} to run in about ${secondsOf(due)} s: ${names.join(', ')}.`
}

/**
 * Prints a line whenever a suite has written its report. A crashed suite writes none; the
 * totals at the end name it.
 *
 * @param {string} root
 * @param {readonly Suite[]} suites
 * @returns {Disposable}
 */
export function printProgress(root, suites) {
  const open = new Set(suites.filter(({ cached }) => !cached))
  const count = open.size
  const look = () => {
    for (const suite of open) {
      if (!existsSync(join(root, suite.report))) continue
      open.delete(suite)
      const left = open.size === 0 ? '' : `, about ${secondsOf([...open])} s left`
      console.log(`\n${count - open.size} of ${count}: ${suite.taskId} is done${left}\n`)
    }
  }
  const timer = setInterval(look, 500)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/**
 * Stores how long each suite took, for the next plan.
 *
 * @param {string} root
 * @param {readonly Task[]} tasks of turbo's run summary
 */
export function keepSeconds(root, tasks) {
  const measured = readMeasured(root)
  for (const { taskId, cache, execution } of tasks) {
    const { startTime, endTime, exitCode } = execution ?? {}
    if (cache?.status === 'HIT' || exitCode !== 0 || startTime === undefined || endTime === undefined)
      continue
    measured[taskId] = (endTime - startTime) / 1000
  }
  const file = join(root, measuredFile)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(measured))
}

/**
 * @param {string} root
 * @returns {Record<string, number>}
 */
function readMeasured(root) {
  const file = join(root, measuredFile)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** @param {readonly Suite[]} suites */
function secondsOf(suites) {
  return Math.round(suites.reduce((sum, { seconds }) => sum + seconds, 0))
}

import { readFileSync } from 'node:fs'

/** What a container does, by its Dockerfile. */
interface Dockerfile {
  /** Each `FROM` with the arguments of its instructions. */
  stages: { from: string; instructions: [name: string, value: string][] }[]
  /** Of the last stage: variables, and the commands of `CMD` and `HEALTHCHECK`. */
  env: Record<string, string>
  command: string[]
  healthCheck: string[]
}

/**
 * Reads a Dockerfile.
 *
 * @throws if a line is no instruction: continued lines and here-documents are not read
 */
export function readDockerfile(file: string): Dockerfile {
  const stages: Dockerfile['stages'] = []
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const [, name = '', value = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? []
    if (name === '') throw new Error(`${file}: ${line} is no instruction`)
    if (name === 'FROM') stages.push({ from: value, instructions: [] })
    else stages.at(-1)?.instructions.push([name, value])
  }
  const last = stages.at(-1)?.instructions ?? []
  const all = (wanted: string) => last.filter(([name]) => name === wanted).map(([, value]) => value)
  return {
    stages,
    env: Object.fromEntries(all('ENV').map((each) => each.split('=', 2))),
    command: JSON.parse(all('CMD')[0] ?? '[]'),
    healthCheck: JSON.parse(/CMD (.*)$/.exec(all('HEALTHCHECK')[0] ?? '')?.[1] ?? '[]'),
  }
}

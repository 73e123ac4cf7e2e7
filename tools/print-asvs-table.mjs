// Prints docs/asvs-map.json as a table in Markdown.
import { readFileSync } from 'node:fs'

const map = JSON.parse(readFileSync(new URL('../docs/asvs-map.json', import.meta.url), 'utf8'))
console.log('| id | level | in our words | status | shown by |\n| --- | --- | --- | --- | --- |')
for (const { id, level, says, status, tests, documents = [], note = [] } of map) {
  const cells = [id, level, says, status, [tests, documents, note].flat().join('<br>')]
  console.log(`| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`)
}

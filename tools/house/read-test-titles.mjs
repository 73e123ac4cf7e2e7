import { parseSync, Visitor } from 'oxc-parser'

/** @typedef {import('oxc-parser').CallExpression} Call */
/** @typedef {import('oxc-parser').Expression} Expression */

/**
 * The tests of a file, each as its groups and its own title, joined by ' > ': `log-in > by %j`. What a title
 * takes from a variable stands there as `…`.
 *
 * @param {string} file
 * @param {string} source
 * @returns {string[]}
 */
export function readTestTitles(file, source) {
  /** @type {string[]} */
  const titles = []
  /** @type {{ call: Call, title: string }[]} */
  const groups = []
  new Visitor({
    CallExpression(call) {
      const kind = kindOf(call.callee)
      if (kind === undefined) return
      const title = titleOf(call)
      if (title === undefined) return
      if (kind === 'group') groups.push({ call, title })
      else titles.push([...groups.map((group) => group.title), title].join(' > '))
    },
    'CallExpression:exit'(call) {
      if (groups.at(-1)?.call === call) groups.pop()
    },
  }).visit(parseSync(file, source).program)
  return titles
}

/**
 * What is called at the bottom of `test.each([…])(…)`, `describe.skipIf(…)(…)` and the like.
 *
 * @param {Expression | import('oxc-parser').Super} callee
 * @returns {'group' | 'test' | undefined}
 */
function kindOf(callee) {
  if (callee.type === 'CallExpression') return kindOf(callee.callee)
  if (callee.type === 'TaggedTemplateExpression') return kindOf(callee.tag)
  if (callee.type === 'MemberExpression') return kindOf(callee.object)
  if (callee.type !== 'Identifier') return undefined
  if (callee.name === 'test' || callee.name === 'it') return 'test'
  return callee.name.startsWith('describe') ? 'group' : undefined
}

/**
 * @param {Call} call
 * @returns {string | undefined} undefined for `test.each([…])` itself and for hooks
 */
function titleOf({ arguments: [first, second] }) {
  if (first === undefined || second === undefined) return undefined
  if (first.type === 'Literal' && typeof first.value === 'string') return first.value
  return first.type === 'TemplateLiteral'
    ? first.quasis.map(({ value }) => value.cooked).join('…')
    : undefined
}

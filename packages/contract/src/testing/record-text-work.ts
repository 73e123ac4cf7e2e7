/** A call of a function whose time can grow faster than the length of its text. */
interface TextCall {
  /** `normalize`, `segment`, or the source of a regular expression. */
  name: string
  /** UTF-16 units of the text. */
  length: number
  /** The longest run of combining marks in a text that is normalised, which takes the square of it. */
  marks: number
}

interface TextWork extends Disposable {
  readonly calls: readonly TextCall[]
}

/** Returns the longest run of combining marks in a text, with those that NFKC makes of other characters. */
function longestRunOfMarks(text: string): number {
  let [run, longest] = [0, 0]
  for (const character of text) {
    run = /^[\p{M}\uff9e\uff9f]/u[Symbol.search](character) === 0 ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

/**
 * Records every call that normalises, segments or matches a text in this process, until it is disposed. So a
 * test counts work instead of time.
 */
export function recordTextWork(): TextWork {
  const calls: TextCall[] = []
  const { normalize } = String.prototype
  const { exec } = RegExp.prototype
  const { segment } = Intl.Segmenter.prototype
  String.prototype.normalize = function (form) {
    const text = String(this)
    calls.push({ name: 'normalize', length: text.length, marks: longestRunOfMarks(text) })
    return normalize.call(this, form)
  }
  RegExp.prototype.exec = function (text) {
    calls.push({ name: this.source, length: text.length, marks: 0 })
    return exec.call(this, text)
  }
  Intl.Segmenter.prototype.segment = function (text) {
    calls.push({ name: 'segment', length: text.length, marks: 0 })
    return segment.call(this, text)
  }
  return {
    calls,
    [Symbol.dispose]: () => {
      String.prototype.normalize = normalize
      RegExp.prototype.exec = exec
      Intl.Segmenter.prototype.segment = segment
    },
  }
}

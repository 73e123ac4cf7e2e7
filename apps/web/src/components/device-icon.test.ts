import { CircleQuestionMark, Laptop, Smartphone, SquareTerminal, Tablet } from 'lucide-react'
import { expect, test } from 'vitest'
import { deviceIcon } from './device-icon.ts'

test.each([
  [null, CircleQuestionMark],
  [' ', CircleQuestionMark],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', Laptop],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1',
    Smartphone,
  ],
  ['Mozilla/5.0 (Linux; Android 10; K) Chrome/137.0.0.0 Mobile Safari/537.36', Smartphone],
  ['Mozilla/5.0 (Linux; Android 10; K) Chrome/137.0.0.0 Safari/537.36', Tablet],
  ['Mozilla/5.0 (iPad; CPU OS 15_0 like Mac OS X) Version/15.0 Mobile/15E148 Safari/604.1', Tablet],
  ['curl/8.5.0', SquareTerminal],
  ['backup-script/2.0', SquareTerminal],
])('device icon: the one for %j', (userAgent, icon) => {
  expect(deviceIcon(userAgent)).toBe(icon)
})

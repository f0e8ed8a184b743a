import { expect, test } from 'vitest';
import { checkTexts } from '../server/input.ts';

test('texts of an input are checked in order and however deep, without an end of the stack', () => {
  const depth = 50_000;
  const nested = (inner: unknown): unknown => {
    let value = inner;
    for (let level = 0; level < depth; level++) value = { a: value };
    return value;
  };
  expect(() => checkTexts(nested('sound'))).not.toThrow();
  const wrong = { first: 'a\0', second: [nested('\uD800'), 'sound'] };
  expect(() => checkTexts(wrong)).toThrow(
    expect.objectContaining({
      code: 'badInput',
      errors: [
        expect.objectContaining({ field: 'first' }),
        expect.objectContaining({ field: `second.0${'.a'.repeat(100)}`.slice(0, 200) }),
      ],
    }),
  );
});

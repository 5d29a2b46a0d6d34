import type { Form } from './form.ts';

/** A file that is ours alone: one that is somebody else's is in the way. */
export const whole: Form = {
  find: (text, _, isOurs) => (text !== '' && isOurs([], text) ? [{ path: [0], value: text }] : []),
  put: (text, wanted) => {
    if (text !== '') throw new Error('is there already and is not ours');
    return wanted.map(({ value }) => String(value)).join('');
  },
  take: (text, found) => (found.length ? undefined : text),
  made: () => [],
};

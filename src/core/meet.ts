import { star } from './hidden.ts';

/** Whether there is a path that both globs take, in upper or lower case. At most as many steps as their lengths multiplied. */
export function meet(a: string, b: string): boolean {
  return bothTake(parts(a), parts(b), (one, other) =>
    bothTake(characters(one), characters(other), (x, y) => x === y || x === '?' || y === '?'),
  );
}

type Step = string | typeof star;

function parts(glob: string): readonly Step[] {
  const all = glob
    .toLowerCase()
    .split('/')
    .filter((part, index) => part || index === 0);
  return all.map(part => (part === '**' ? star : part));
}

function characters(part: string): readonly Step[] {
  return part.split('').map(it => (it === '*' ? star : it));
}

/** Whether something fits both rows of steps, where `star` is any number of things. From the end, one row at a time. */
function bothTake(a: readonly Step[], b: readonly Step[], one: (x: string, y: string) => boolean): boolean {
  let below: readonly boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const row = Array.from({ length: b.length + 1 }, () => false);
    for (let j = b.length; j >= 0; j--) {
      const x = a[i];
      const y = b[j];
      const [right, down] = [row[j + 1] === true, below[j] === true];
      if (x === star || y === star) row[j] = (right && y !== undefined) || (down && x !== undefined);
      else if (x === undefined || y === undefined) row[j] = x === y;
      else row[j] = below[j + 1] === true && one(x, y);
    }
    below = row;
  }
  return below[0] === true;
}

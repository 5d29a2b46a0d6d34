import { summary } from '../../src/core/entry.ts';
import { leadText } from '../../src/core/text.ts';
import type { Effect } from '../../src/core/model.ts';

/** An effect in a few words, without the project's folder: what the tables of programs are written in. */
export function told(effect: Effect): string {
  const more = (() => {
    switch (effect.does) {
      case 'delete':
        return effect.deep ? ' deep' : '';
      case 'write':
        return ` ${effect.how}`;
      case 'permit':
        return `${effect.deep ? ' deep' : ''}${effect.open ? ' open' : ''}`;
      case 'search':
        return ` for ${effect.query}${effect.ignored ? ', ignored files too' : ''}`;
      case 'publish':
        return effect.name ? ` ${effect.name}` : '';
      case 'interrupt':
      case 'destroy':
        return `${effect.all ? ' all' : ''}${placeOf(effect.reach)}`;
      case 'change':
        return placeOf(effect.reach);
      case 'send':
        return ` ${effect.method}`;
      case 'follow':
        return effect.lead.to === 'script'
          ? ` ${effect.lead.name} of ${effect.lead.manifest}`
          : ` ${leadText(effect.lead)}`;
      default:
        return '';
    }
  })();
  // Why something is not known is wording.
  const words = effect.does === 'unknown' ? 'unknown' : `${summary(effect)}${more}`;
  return words.replaceAll('/work/project/', '').replaceAll('/work/project', '.');
}

function placeOf(reach: (Effect & { does: 'destroy' })['reach']): string {
  const place = Object.values(reach ?? {}).filter(Boolean);
  return place.length ? ` at ${place.join(' ')}` : '';
}

import type { Machine } from '../../ports.ts';
import { temporary } from './outputs.ts';
import { plain, type Value } from './values.ts';

/** What a variable holds on every machine, or by custom: its lower-case name, `env:` before those of the environment. */
export function constant(name: string, cwd: string, machine: Machine): Value | undefined {
  const text = (() => {
    switch (name) {
      case 'home':
      case 'env:home':
      case 'env:userprofile':
        return machine.home;
      case 'pwd':
        return cwd;
      case 'env:temp':
      case 'env:tmp':
        return temporary(machine);
      case 'env:appdata':
        return `${machine.home}/AppData/Roaming`;
      case 'env:localappdata':
        return `${machine.home}/AppData/Local`;
      case 'env:systemdrive':
      case 'env:homedrive':
        return 'C:';
      case 'env:systemroot':
      case 'env:windir':
        return 'C:/Windows';
      case 'env:programfiles':
        return 'C:/Program Files';
      case 'env:programfiles(x86)':
        return 'C:/Program Files (x86)';
      case 'env:programdata':
        return 'C:/ProgramData';
      case 'env:comspec':
        return 'cmd';
      case 'true':
        return 'True';
      case 'false':
        return 'False';
      case 'null':
        return '';
      default:
        return undefined;
    }
  })();
  return text === undefined ? undefined : plain(text);
}

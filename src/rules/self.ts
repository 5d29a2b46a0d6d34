import { isShared, touchesSwitches } from '../core/guarded.ts';
import type { Rule } from '../core/model.ts';
import { any, does, factOf } from '../core/rule.ts';

/** Tampering with Chaperone itself. These hold in every mode: a pause must not be made to last. */
export const self: readonly Rule[] = [
  {
    id: 'self.change',
    title: 'Changing what guards you',
    verdict: 'deny',
    because: 'It changes the settings, hooks, records or program of Chaperone or of the hooks that start it.',
    instead: 'ask the person to change it.',
    always: true,
    minds: any(
      does(
        'write',
        ({ path, text }, facts) =>
          factOf(path, facts).guarded !== undefined && (!isShared(path) || touchesSwitches(text)),
      ),
      does(
        'delete',
        ({ path, deep }, facts) =>
          factOf(path, facts).guarded !== undefined || (deep && factOf(path, facts).keeps === true),
      ),
      does('permit', ({ path }, facts) => factOf(path, facts).guarded !== undefined),
      does(
        'move',
        ({ path, to }, facts) =>
          factOf(path, facts).guarded !== undefined ||
          factOf(path, facts).keeps === true ||
          factOf(to, facts).guarded !== undefined,
      ),
    ),
    examples: {
      catches: [
        'echo "{}" > ~/.claude/settings.json',
        'rm ~/.claude/settings.json',
        '> .vscode/settings.json',
        'rm -rf ~/.config/Code/User/globalStorage',
        'mv a .claude',
        'mv ~/.claude/settings.json /tmp/x',
        "sed -i 's/enforce/watch/' ~/.config/Code/User/settings.json",
        { kind: 'file', access: 'write', path: '/home/user/.claude/settings.json' },
        { kind: 'file', access: 'write', path: '/work/project/.claude/settings.local.json' },
        {
          kind: 'file',
          access: 'write',
          path: '/work/project/.vscode/settings.json',
          text: '"chat.useHooks": false',
        },
      ],
      leaves: [
        'cat ~/.claude/settings.json',
        'echo "{}" > settings.json',
        { kind: 'file', access: 'write', path: '/work/project/src/settings.json' },
        {
          kind: 'file',
          access: 'write',
          path: '/work/project/.vscode/settings.json',
          text: '"editor.tabSize": 2',
        },
      ],
    },
  },
  {
    id: 'self.tamper',
    title: 'Switching Chaperone off',
    verdict: 'deny',
    because: 'It would switch Chaperone or its hooks off, or answer in the place of a person.',
    instead: 'ask the person, who can pause it.',
    always: true,
    minds: does('tamper', it => !it.another),
    examples: {
      catches: [
        'code --uninstall-extension chaperone.chaperone',
        'code --disable-extension chaperone.chaperone',
        'node ~/.local/state/chaperone/bin/guard.js scan --uninstall-hook',
        'unset PS0',
        'export ROO_ACTIVE=',
        { kind: 'command', id: 'chaperone.switchMode', input: [] },
        { kind: 'command', id: 'workbench.extensions.uninstallExtension', input: ['chaperone.chaperone'] },
      ],
      leaves: [
        'code --install-extension esbenp.prettier-vscode',
        'node dist/guard.js scan --staged',
        'code src/index.ts',
        'unset NODE_ENV',
        'PS1="$ "',
        'CLAUDECODE= claude -p hello',
        { kind: 'command', id: 'editor.action.formatDocument', input: [] },
      ],
    },
  },
];

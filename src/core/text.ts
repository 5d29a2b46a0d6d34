import type { Action } from './model.ts';

/** The text a person is shown for an action, and that spans count in. */
export function textOf(action: Action): string {
  switch (action.kind) {
    case 'shell':
      return action.line;
    case 'exec':
      return action.argv.join(' ');
    case 'sql':
      return action.statement;
    case 'code':
      return action.text;
    case 'file':
      return `${action.access} ${action.path}`;
    case 'search':
      return `search ${action.path} for ${action.query}`;
    case 'web':
      return `${action.method} ${action.url}`;
    case 'command':
      return `${action.id} ${json(action.input)}`;
    case 'tool':
      return `${action.server ? `${action.server}: ` : ''}${action.name} ${json(action.input)}`;
    case 'follow':
      return action.lead.to === 'script' ? `${action.lead.manifest}: ${action.lead.name}` : action.lead.path;
    case 'several':
      return action.actions.map(textOf).join('\n');
    case 'harmless':
      return action.what;
    case 'unreadable':
      return `${action.why} ${json(action.input)}`.trim();
  }
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '…';
  }
}

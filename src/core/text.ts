import type { Action, Lead } from './model.ts';

/** The text a person is shown for an action, and that spans count in. */
export function textOf(action: Action): string {
  switch (action.kind) {
    case 'shell':
      return action.line;
    case 'exec':
      return action.argv.join(' ');
    case 'sql':
      return action.profile === undefined
        ? action.statement
        : `${action.statement}\n-- in the database ${action.profile}`;
    case 'code':
      return action.text;
    case 'file':
      return `${action.access} ${action.path}`;
    case 'search':
      return `search ${action.path} for ${action.query}`;
    case 'web':
      return `${action.method} ${action.url}`;
    case 'request':
      return action.body;
    case 'command':
      return `${action.id} ${json(action.input)}`;
    case 'tool':
      return `${action.server ? `${action.server}: ` : ''}${action.name} ${json(action.input)}`;
    case 'follow':
      return leadText(action.lead);
    case 'several':
      return action.actions.map(textOf).join('\n');
    case 'harmless':
      return action.what;
    case 'unreadable':
      return `${action.why} ${json(action.input)}`.trim();
  }
}

/** What a lead leads to, as a person would name it. */
export function leadText(lead: Lead): string {
  switch (lead.to) {
    case 'script':
      return `${lead.manifest}: ${lead.name}`;
    case 'target':
      return `${lead.file}: ${lead.name}`;
    case 'file':
    case 'body':
    case 'cell':
      return lead.path;
  }
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '…';
  }
}

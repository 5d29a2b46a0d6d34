import { type Mark, marks, markVariables } from '../../src/core/marks.ts';

/** A script with what stands between the lines `# <marks …>` and `# </marks>` made anew from the table. */
export function withMarks(script: string): string {
  const lines = script.split('\n');
  return lines
    .flatMap((line, at) => {
      const block = /^ *# <marks (\w+)>$/.exec(line)?.[1];
      if (block === undefined) return within(lines, at) ? [] : [line];
      const indent = line.slice(0, line.indexOf('#'));
      return [line, ...blockOf(block).map(made => indent + made)];
    })
    .join('\n');
}

function within(lines: readonly string[], at: number): boolean {
  const before = lines.slice(0, at).findLastIndex(line => line.includes('# <marks '));
  return before !== -1 && !lines.slice(before, at + 1).some(line => line.includes('# </marks>'));
}

function blockOf(block: string): readonly string[] {
  switch (block) {
    case 'named':
      return marks.map(named);
    case 'fish':
      return [`if test -n "${markVariables.map(it => `$${it}`).join('')}"`];
    case 'sh':
      return [`if [ -n "${inPosix}" ]; then`];
    case 'named_powershell':
      return marks.map(namedInPowershell);
    case 'powershell':
      return [`if (${markVariables.map(it => `$env:${it}`).join(' -or ')}) {`];
    default:
      return [`if [[ -n "${inPosix}" ]]; then`];
  }
}

const inPosix = markVariables.map(it => `\${${it}-}`).join('');

function named({ agent, variable, value, slips }: Mark): string {
  const is = value === undefined ? `-n "\${${variable}-}"` : `"\${${variable}-}" = ${value}`;
  return `[ -n "$agent" ] || ! [ ${is} ] || { agent=${agent}${slips ? ` slips=${slips}` : ''}; }`;
}

function namedInPowershell({ agent, variable, value, slips }: Mark): string {
  const is = value === undefined ? `$env:${variable}` : `$env:${variable} -eq '${value}'`;
  return `if (-not $agent -and (${is})) { $agent = '${agent}'${slips ? '; $slips = $agent' : ''} }`;
}

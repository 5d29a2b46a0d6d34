import type { Program } from '../core/program.ts';
import { anyCmdlet } from './powershell/clouds.ts';
import { cmdCommands } from './powershell/cmd.ts';
import { fileCmdlets } from './powershell/files.ts';
import { machineCmdlets } from './powershell/machine.ts';
import { windows } from './powershell/native.ts';
import { runningCmdlets } from './powershell/running.ts';

/**
 * Cmdlets of PowerShell by their full names, `*` for any other `Verb-Noun`, and the commands of cmd.exe. Lower case. What
 * any shell may start (`reg`, `vssadmin`, `powershell`) stands among the ordinary programs too.
 */
export const powershell: Readonly<Record<string, Program>> = {
  ...fileCmdlets,
  ...machineCmdlets,
  ...runningCmdlets,
  '*': anyCmdlet,
  ...windows,
  ...cmdCommands,
};

/** Commands of these shells that change nothing of anybody's. Lower case. */
export const harmlessThere: ReadonlySet<string> = new Set(
  `clear cls whoami hostname where exit help more mkdir md oss ipconfig ping tracert nslookup systeminfo tasklist taskkill
  timeout choice title color chcp attrib tree fc comp assoc ftype setx clip ver vol msbuild signtool devenv notepad`
    .split(/\s+/)
    .filter(Boolean),
);

import { status, type Subcommand } from './cli.ts';

/** Looks at everything that must work, and starts each hook as its agent would. */
export const doctor: Subcommand = {
  usage: 'doctor',
  summary: 'Looks at the state, the windows, the ledger, and starts each agent’s hook as the agent would.',
  run: async (_, cli) => {
    const bad: string[] = [];
    const say = (ok: boolean, text: string) => {
      cli.write(`${ok ? 'ok  ' : 'BAD '} ${text}\n`);
      if (!ok) bad.push(text);
    };
    say(true, `guard ${cli.version}, Node ${process.versions.node}, state in ${cli.state}`);
    for (const problem of cli.problems()) say(false, problem);
    const windows = cli.windows();
    cli.write(windows.length ? '' : '     no editor window is open: what needs a person would be refused\n');
    for (const { folders, pid } of windows)
      say(true, `a window answers for ${folders.join(', ') || 'no folder'} (process ${pid})`);
    const { lines, problems } = await cli.verify();
    say(
      !problems.length,
      problems.length
        ? `the ledger has ${problems.length} problems, the first at line ${problems[0]?.line}: ${problems[0]?.what}`
        : `the ledger's ${lines} entries follow each other unbroken`,
    );
    for (const agent of cli.agents) {
      const { found, wired, off, tried } = await cli.examine(agent);
      for (const sentence of off) say(false, sentence);
      if (!agent.wiring.length)
        cli.write(`     ${agent.name}: ${agent.instead ?? 'its hook comes with the extension'}\n`);
      else if (!found && wired === 'absent') cli.write(`     ${agent.name}: not found here\n`);
      else say(wired === 'wired', `${agent.name}: ${wired}${found ? `, found at ${found}` : ''}`);
      for (const { what, ok, took, said } of tried) say(ok, `  ${what}: ${said} (${Math.round(took)} ms)`);
    }
    const lists = await cli.lists();
    for (const { id, file, is, problem } of lists.standings(lists.all.map(it => it.id)))
      if (is !== 'absent')
        say(is === 'written', `list of ${id}: ${is} in ${file}${problem ? `: ${problem}` : ''}`);
    return bad.length ? status.failed : status.fine;
  },
};

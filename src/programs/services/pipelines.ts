import type { Service } from '../../core/service.ts';

/* What builds and deploys on other machines. Written from knowledge of the command lines; not checked against their references. */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

export const pipelines: readonly Service[] = [
  {
    service: 'circleci',
    title: 'CircleCI',
    programs: ['circleci'],
    values: '--token --integration-testing --org-id --config',
    reach: { account: '--org-id --host' },
    verbs: {
      'context delete': { destroys: 'key' },
      'context remove-secret': { destroys: 'key' },
      'orb delete|unlist|unlist-from-registry': { destroys: 'code' },
      'namespace delete|delete-alias|rename': { destroys: 'project' },
      'runner token delete': { destroys: 'key' },
      'config|local|open|query|version|diagnostic|setup': quiet,
    },
    examples: {
      catches: [
        'circleci context delete github acme live',
        'circleci context remove-secret github acme live TOKEN',
        'circleci runner resource-class delete acme/big',
        'circleci namespace delete-alias acme',
      ],
      leaves: [
        'circleci config validate',
        'circleci local execute build',
        'circleci context list github acme',
        'circleci orb info acme/delete-me',
      ],
    },
  },
  {
    service: 'jenkins',
    title: 'Jenkins',
    programs: ['jenkins-cli', 'jenkins-cli.jar'],
    single: true,
    values: '-auth -user -i -logger -noCertificateCheck',
    reach: { context: '-s' },
    verbs: {
      'delete-job': { destroys: 'project' },
      'delete-credentials|delete-credentials-domain': { destroys: 'key' },
      'delete-*': { destroys: 'resource' },
      'restart|safe-restart|shutdown|safe-shutdown|quiet-down': { interrupts: 'service' },
      'offline-node|disconnect-node': { interrupts: 'machine' },
      'disable-job|stop-builds': { interrupts: 'service' },
      'groovy|groovysh': { changes: 'service' },
      'update-job|install-plugin|disable-plugin|remove-job-from-view': { changes: 'service' },
      'list-credentials-as-xml|get-credentials-as-xml': { reveals: 'the credentials of Jenkins' },
    },
    examples: {
      catches: [
        'jenkins-cli -s https://ci.example.com/ delete-job nightly',
        'jenkins-cli -s https://ci.example.com/ safe-restart',
        'jenkins-cli delete-node agent-1',
        'java -jar jenkins-cli.jar -s https://ci.example.com/ delete-builds nightly 1-9',
      ],
      leaves: [
        'jenkins-cli -s https://ci.example.com/ list-jobs',
        'jenkins-cli build nightly',
        'jenkins-cli help',
        'java -jar jenkins-cli.jar -s https://ci.example.com/ console nightly',
      ],
    },
  },
  {
    service: 'java',
    title: 'Command lines that are archives of Java',
    programs: ['java'],
    single: true,
    guesses: false,
    values:
      '-cp -classpath --class-path -p --module-path --add-modules --add-opens --add-exports -m --module',
    verbs: {
      '': { runs: 0, with: '-jar' },
    },
    examples: {
      catches: ['java -jar liquibase.jar dropAll', 'java -Xmx1g -jar jenkins-cli.jar delete-job nightly'],
      leaves: ['java -jar app.jar', 'java -version', 'java -cp build Main delete'],
    },
  },
  {
    service: 'gitlab',
    title: 'Runners of pipelines',
    programs: ['gitlab-runner', 'buildkite-agent', 'drone', 'woodpecker-cli', 'tkn'],
    values: '-c --config -t --token -u --url -n --name -i',
    reach: { context: '-s --server', namespace: '--namespace' },
    verbs: {
      'unregister|uninstall': { destroys: 'service' },
      'stop|restart|pause': { interrupts: 'service' },
      'secret get': { reveals: 'a secret of a pipeline' },
      'repo rm|remove|disable': { changes: 'repository' },
      'repo repair|chown|sync': quiet,
      'pipelinerun|taskrun|pr|tr cancel': { interrupts: 'process' },
      'verify|register|run|list|exec|annotate|artifact|annotation|meta-data|env|step': quiet,
    },
    examples: {
      catches: [
        'gitlab-runner unregister --all-runners',
        'gitlab-runner stop',
        'drone secret rm acme/shop --name token',
        'buildkite-agent secret get deploy_key',
        'tkn pipeline delete nightly -f',
      ],
      leaves: [
        'gitlab-runner list',
        'gitlab-runner exec docker test',
        'drone build ls acme/shop',
        'buildkite-agent artifact upload x',
        'tkn pipeline logs nightly',
      ],
    },
  },
  {
    service: 'travis',
    title: 'Travis CI',
    programs: ['travis'],
    values: '-r --repo -t --token -e --api-endpoint',
    reach: { project: '-r --repo', account: '-e --api-endpoint' },
    verbs: {
      'env unset|clear': { destroys: 'key' },
      'env list': quiet,
      cache: { destroys: 'cache', with: '-d --delete' },
      disable: { interrupts: 'service' },
      cancel: { interrupts: 'process' },
      sshkey: { destroys: 'key', with: '-D --delete' },
      token: { reveals: 'the token of travis' },
    },
    examples: {
      catches: ['travis env clear', 'travis disable', 'travis token', 'travis cache --delete'],
      leaves: ['travis lint', 'travis status', 'travis logs 7', 'travis env list'],
    },
  },
];

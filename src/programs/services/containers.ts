import type { Service, VerbDoes } from '../../core/service.ts';

/*
 * Containers and the engines that run them. Written from knowledge of the command lines; not checked against their
 * references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

/** What another command prints, or `xargs` adds: all of them, as far as can be known. */
const allOfThem = /\$\(|`|\{\}/;

/** The machine itself in the hands of a container: its root, its engine, its processes, all capabilities. */
const hands =
  /(?:(?:-v|--volume)[ =]?|(?:source|src)=)(?:\/[:,]|\/(?:var\/)?run\/(?:docker|podman\/podman|containerd\/containerd)\.sock)|--(?:pid|userns)[ =]host|--cap-add[ =](?:ALL|SYS_ADMIN|SYS_MODULE)|(?:seccomp|apparmor)[=:]unconfined|--device[ =]\/dev\/(?:sd|nvme|mem)/i;

const stopping: readonly VerbDoes[] = [
  { interrupts: 'container', all: true, where: allOfThem },
  { interrupts: 'container', all: true, with: '-a --all' },
];

const removing: readonly VerbDoes[] = [
  { destroys: 'container', with: '-f --force' },
  { destroys: 'container', all: true, with: '-a --all', without: '-f --force' },
  { destroys: 'container', all: true, where: allOfThem, without: '-f --force -a --all' },
  { destroys: 'volume', with: '-v --volumes' },
];

const removingImages: readonly VerbDoes[] = [
  { destroys: 'image', with: '-f --force' },
  { destroys: 'image', all: true, with: '-a --all', without: '-f --force' },
  { destroys: 'image', all: true, where: allOfThem, without: '-f --force -a --all' },
];

const starting: readonly VerbDoes[] = [
  { runs: 1, image: true },
  { changes: 'access', with: '--privileged' },
  { changes: 'access', where: hands, without: '--privileged' },
];

/** What Compose does, behind its own program or behind `docker compose`. */
const compose: Readonly<Record<string, VerbDoes | readonly VerbDoes[]>> = {
  down: [
    { destroys: 'volume', all: true, with: '-v --volumes' },
    { destroys: 'image', all: true, where: /--rmi[ =]all/ },
  ],
  rm: { destroys: 'volume', where: / (?:--volumes|-[a-z]*v)(?: |$)/ },
  up: { destroys: 'volume', with: '-V --renew-anon-volumes' },
  volumes: quiet,
  exec: { runs: 1 },
  run: { runs: 1, image: true },
  cp: { copies: true },
  'ps|build|pull|push|logs|config|start|stop|restart|kill|create|images|top|port|events|watch|pause|unpause|convert|version|ls|wait|attach|stats':
    quiet,
};

const images =
  'ps|images|history|search|top|port|stats|events|attach|wait|commit|save|load|rename|version|logout|unpause|scout|extension|buildx|builder|manifest|trust|desktop|context|image|container|network';

export const containers: readonly Service[] = [
  {
    service: 'docker',
    title: 'Docker, Podman and nerdctl',
    programs: ['docker', 'podman', 'nerdctl', 'docker.io'],
    values: `-v --volume -e --env --env-file -p --publish --name --network --net -w --workdir -u --user --entrypoint --mount
      --platform -h --hostname -m --memory --cpus -c --cpu-shares -l --label --label-file --add-host --cap-add --cap-drop --device
      --dns --gpus --group-add --ip --ipc --link --log-driver --log-opt --pid --pids-limit --pull --restart --runtime
      --security-opt --shm-size --stop-signal --stop-timeout --sysctl --tmpfs --ulimit --userns --uts --volumes-from --cidfile
      --annotation --expose --health-cmd --detach-keys --project-name --project-directory --profile --file --filter --format
      --config --connection --userns --secret --arch --os --index --rmi --timeout`,
    reach: { context: '--context -H --host --url', environment: '--env-file --file' },
    verbs: {
      'volume rm|remove': { destroys: 'volume' },
      'volume prune': { destroys: 'volume', all: true },
      'volume create|ls|list|inspect|exists': quiet,
      'system prune': [
        { destroys: 'volume', all: true, with: '--volumes' },
        { destroys: 'image', all: true, with: '-a --all', without: '--volumes' },
        { destroys: 'container', all: true, without: '-a --all --volumes' },
      ],
      'system reset': { destroys: 'volume', all: true },
      'machine rm|reset': { destroys: 'volume' },
      rm: removing,
      'container|pod rm|remove': removing,
      'container|pod prune': { destroys: 'container', all: true },
      rmi: removingImages,
      'image rm|remove': removingImages,
      'image prune': { destroys: 'image', all: true, with: '-a --all' },
      'builder|buildx prune': { destroys: 'cache', all: true, with: '-a --all' },
      'network rm|remove|prune': { destroys: 'resource' },
      'stop|kill|restart|pause': stopping,
      'container|pod stop|kill|restart|pause': stopping,
      'run|create': starting,
      'container run|create': starting,
      exec: { runs: 1 },
      'container exec': { runs: 1 },
      'unshare|buildx debug': { runs: 0 },
      'machine ssh': { runs: 1 },
      cp: { copies: true },
      'container cp': { copies: true },
      'swarm leave': { destroys: 'cluster' },
      'swarm join-token|unlock-key': { reveals: 'a key of the swarm' },
      'service rm|remove': { destroys: 'service' },
      'service scale': { interrupts: 'service' },
      'service update': { interrupts: 'service', with: '--force' },
      'service rollback': { publishes: 'release' },
      'stack rm|remove|down': { destroys: 'service', all: true },
      'stack deploy': { destroys: 'service', with: '--prune' },
      'secret rm|remove': { destroys: 'key' },
      'config rm|remove': { destroys: 'resource' },
      'node rm|remove': { destroys: 'cluster' },
      'node update': { interrupts: 'cluster', where: /--availability[ =](?:drain|pause)/ },
      [images]: quiet,
      ...behind('compose', compose),
    },
    examples: {
      catches: [
        'docker volume rm pgdata',
        'docker volume prune --all',
        'podman system reset',
        'docker system prune',
        'docker rm -f db',
        'docker ps -aq | xargs docker rm -f',
        'docker kill $(docker ps -q)',
        'docker run -v /:/host alpine ls',
        'docker run -v /var/run/docker.sock:/var/run/docker.sock portainer/agent',
        'docker run --rm -it -e A=b postgres psql -h db.example.com -c "DROP TABLE users"',
        'docker run --rm -v ~/.aws:/root/.aws amazon/aws-cli:2 s3 rb s3://uploads --force',
        'docker run --rm --entrypoint psql postgres:17 -h db.example.com -c "DROP TABLE users"',
        'docker exec -it -u root web sh -c "rm -rf /data"',
        `docker exec web sh -c 'rm -rf /srv/data' --help`,
        `docker exec web sh -c 'rm -rf /srv/data' help`,
        'docker compose --profile all down --volumes',
        'docker compose exec -T db psql -c "TRUNCATE orders"',
        'docker cp .env web:/app',
        'docker swarm leave --force',
        'docker secret rm tls',
        'docker stack rm shop',
      ],
      leaves: [
        'docker ps -a',
        'docker build -t purge-worker .',
        'docker run --rm -v "$PWD:/app" -w /app node:24 npm test',
        'docker run --rm amazon/aws-cli s3 ls',
        'docker run -d --name db -p 5432:5432 postgres:17',
        'docker rm old',
        'docker stop web',
        'docker restart web',
        'docker compose up -d --build',
        'docker compose down',
        'docker compose logs -f delete-worker',
        'docker image prune',
        'docker images remove-bg',
        'docker exec web ls /app',
        'docker volume ls',
        'docker network ls',
        'docker context use default',
        'docker push registry.example.com/web:1',
      ],
    },
  },
  {
    service: 'docker',
    title: 'Compose by its own program',
    programs: ['docker-compose', 'podman-compose'],
    values:
      '-e --env -u --user -w --workdir -v --name --entrypoint --project-name -p --project-directory --profile --index --rmi --timeout -t',
    reach: { environment: '-f --file --env-file', context: '--context -H --host' },
    verbs: compose,
    examples: {
      catches: [
        'docker-compose down -v',
        'docker-compose -f compose.live.yml down --volumes --remove-orphans',
        'docker-compose down --rmi all',
        'docker-compose exec db dropdb shop',
        'docker-compose rm -fsv db',
      ],
      leaves: [
        'docker-compose up -d',
        'docker-compose down',
        'docker-compose logs -f web',
        'docker-compose exec web npm test',
        'docker-compose rm -f web',
      ],
    },
  },
  {
    service: 'docker',
    title: 'Containers by lower tools',
    programs: ['crictl', 'ctr', 'buildah'],
    values: '-r --runtime-endpoint -t --timeout -a --address',
    reach: { namespace: '-n --namespace' },
    verbs: {
      'rm|rmp': { destroys: 'container' },
      rmi: { destroys: 'image', with: '-a --all -f --force --prune -q' },
      'stop|stopp': { interrupts: 'container' },
      'task|tasks|t kill|rm|delete': { interrupts: 'container' },
      'container|containers|c rm|del|delete|remove': { destroys: 'container' },
      'image|images|i rm|del|delete|remove': { destroys: 'image' },
      'snapshot|snapshots rm|delete|remove': { destroys: 'snapshot' },
      'namespace|namespaces|ns rm|remove': { destroys: 'cluster' },
      exec: { runs: 1 },
      run: { runs: 1 },
    },
    examples: {
      catches: [
        'crictl rm -f 3e0',
        'ctr -n k8s.io containers rm web',
        'ctr snapshots rm base',
        'buildah rm --all',
        'crictl rmi --prune',
      ],
      leaves: ['crictl ps', 'ctr images ls', 'buildah bud -t web .', 'buildah rmi web', 'crictl logs 3e0'],
    },
  },
  {
    service: 'registry',
    title: 'Images in registries',
    programs: ['skopeo', 'crane', 'gcrane', 'regctl', 'oras'],
    values: '--creds --authfile --platform --format -u -p',
    verbs: {
      delete: { destroys: 'image' },
      gc: { destroys: 'image', all: true },
      'tag|image|manifest|blob|artifact delete|rm': { destroys: 'image' },
      'repo delete|rm': { destroys: 'repository' },
      'copy|cp|sync|pull|push|inspect|list-tags|ls|digest|config|auth|login|logout': quiet,
    },
    examples: {
      catches: [
        'skopeo delete docker://registry.example.com/web:1',
        'crane delete registry.example.com/web:1',
        'regctl tag delete registry.example.com/web:1',
        'oras manifest delete registry.example.com/web:1',
      ],
      leaves: [
        'skopeo copy docker://a/b oci:out',
        'crane ls registry.example.com/web',
        'oras pull registry.example.com/web:1',
        'regctl image digest alpine',
      ],
    },
  },
  {
    service: 'colima',
    title: 'Virtual machines that hold containers',
    programs: ['colima', 'limactl', 'lima', 'orb', 'orbctl', 'multipass'],
    values: '-p --profile -m --machine -u --user -w --workdir',
    verbs: {
      'delete|rm|remove|reset|factory-reset|purge': { destroys: 'volume' },
      'snapshot delete|rm': { destroys: 'snapshot' },
      'shell|exec': { runs: 1 },
      ssh: quiet,
    },
    examples: {
      catches: [
        'colima delete --force',
        'limactl delete -f default',
        'multipass delete --purge dev',
        'orb delete ubuntu',
        'limactl shell default rm -rf /data',
      ],
      leaves: [
        'colima start --cpu 4',
        'limactl list',
        'limactl shell default',
        'colima stop',
        'multipass exec dev -- ls',
      ],
    },
  },
];

function behind(
  verb: string,
  verbs: Readonly<Record<string, VerbDoes | readonly VerbDoes[]>>,
): Readonly<Record<string, VerbDoes | readonly VerbDoes[]>> {
  return Object.fromEntries(Object.entries(verbs).map(([path, does]) => [`${verb} ${path}`, does]));
}

/*
 * Images of containers that start one program, whose arguments are all that stands behind the image. By the last part of
 * the image's name; from knowledge of the images, not checked against their definitions.
 */
const programs: Readonly<Record<string, string>> = {
  'aws-cli': 'aws',
  awscli: 'aws',
  kubectl: 'kubectl',
  helm: 'helm',
  'k8s-helm': 'helm',
  helmfile: 'helmfile',
  terraform: 'terraform',
  opentofu: 'tofu',
  terragrunt: 'terragrunt',
  pulumi: 'pulumi',
  packer: 'packer',
  vault: 'vault',
  rclone: 'rclone',
  restic: 'restic',
  borg: 'borg',
  mc: 'mc',
  s3cmd: 's3cmd',
  s5cmd: 's5cmd',
  doctl: 'doctl',
  flyctl: 'flyctl',
  hcloud: 'hcloud',
  velero: 'velero',
  argocli: 'argo',
  flyway: 'flyway',
  liquibase: 'liquibase',
  migrate: 'migrate',
  dbmate: 'dbmate',
  'hasura-cli': 'hasura',
  skopeo: 'skopeo',
  crane: 'crane',
  git: 'git',
  'alpine-git': 'git',
  curl: 'curl',
  'ansible-playbook': 'ansible-playbook',
};

/** The program that a container of this image starts, where the image is made of one: `aws` of `amazon/aws-cli:2`. */
export function programOf(image: string): string | undefined {
  const name = image.split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? '';
  return Object.hasOwn(programs, name) ? programs[name] : undefined;
}

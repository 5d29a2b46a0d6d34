import { unknown, type Command, type Said } from '../../core/program.ts';
import { readArguments } from '../../core/shell/flags.ts';

/** netcat in its several forms: with `-e` or `-c` it hands a program to whoever is at the other end. */
export function netcat({ words: [, ...rest], at }: Command): readonly Said[] {
  const given = readArguments(rest, {
    values:
      '-e -c -p -s -w -i -q -g -G -o -O -x -X -P -T -I -m --exec --sh-exec --lua-exec --source-port --source --wait --idle-timeout --proxy --proxy-type --proxy-auth --ssl-cert --ssl-key --max-conns --allow --deny'.split(
        ' ',
      ),
  });
  if (given.value('-e', '-c', '--exec', '--sh-exec', '--lua-exec'))
    return [unknown('a program that is handed to another machine', at)];
  const [host, port] = given.operands;
  if (!host || !port || given.has('-l', '--listen', '-z', '-h', '--help')) return [];
  return [{ does: 'send', method: 'TCP', reach: { host: host.text }, at: host.at }];
}

/** `socat TCP:host:port EXEC:/bin/sh`. */
export function socat({ words: [, ...rest], at }: Command): readonly Said[] {
  const ends = rest.filter(({ text }) => !text.startsWith('-') || text === '-');
  if (ends.some(({ text }) => /^(?:exec|system|shell):/i.test(text)))
    return [unknown('a program that is handed to another machine', at)];
  return ends.flatMap((end): readonly Said[] => {
    const file = /^(?:file|open|gopen):([^,]+)/i.exec(end.text)?.[1];
    if (file !== undefined) return [{ does: 'read', path: file, at: end.at }];
    const host =
      /^(?:tcp|tcp4|tcp6|openssl|ssl|udp|udp4|tcp-connect|openssl-connect|udp-sendto|udp-connect):([^:,]+):/i.exec(
        end.text,
      )?.[1];
    return host ? [{ does: 'send', method: 'TCP', reach: { host }, at: end.at }] : [];
  });
}

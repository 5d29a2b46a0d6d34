import type { Detector } from './detector.ts';
import { exposed } from './scan.ts';
import { secretName } from './seek.ts';

/** A variable that a guarded terminal does not pass on, and why, in words. Never its value. */
export interface Withheld {
  readonly name: string;
  readonly why: string;
}

/**
 * Which variables of an environment stay outside a guarded terminal: those whose name or value is a credential's, and
 * those that lead to a program outside, which would do what the terminal must not. `keep` names what a person handed in.
 */
export function withheld(
  env: Readonly<Record<string, string | undefined>>,
  keep: readonly string[],
  detectors: readonly Detector[],
): readonly Withheld[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const why = value && !keep.includes(name) ? reasonFor(name, value, detectors) : undefined;
    return why ? [{ name, why }] : [];
  });
}

function reasonFor(name: string, value: string, detectors: readonly Detector[]): string | undefined {
  const bare = name.toUpperCase();
  if (outward.test(bare)) return 'leads to a program outside';
  if (secretName.test(bare)) return 'named like a credential';
  const found = exposed(`${name}=${value.slice(0, longestValue)}`, detectors);
  return found && `holds a ${found.kind}`;
}

const longestValue = 65_536;

/** Agents of keys, buses, other terminals and editors: each does at a word what is asked of it, outside. */
const outward =
  /^(?:SSH_AUTH_SOCK|SSH_AGENT_PID|GPG_AGENT_INFO|DBUS_.*|GNOME_KEYRING_.*|TMUX(?:_.*)?|STY|WAYLAND_(?:DISPLAY|SOCKET)|DISPLAY|XAUTHORITY|ICEAUTHORITY|SESSION_MANAGER|DOCKER_HOST|CONTAINER_HOST|LISTEN_FDS|NOTIFY_SOCKET|KITTY_LISTEN_ON|NVIM|VSCODE_(?:IPC|GIT)_.*|GIT_ASKPASS|SSH_ASKPASS|SUDO_ASKPASS|EMACS_SERVER_FILE)$/;

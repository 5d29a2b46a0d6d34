/**
 * Inside the namespace: `bridge PORT SOCKET PROGRAM ARGS…` listens on 127.0.0.1:PORT, hands every connection
 * to the Unix socket, and runs the program with the standard streams and the exit status its own.
 */
import { spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';
import type { Socket } from 'node:net';

const [port = '', socket = '', program = '', ...args] = process.argv.slice(2);

const server = createServer(near => join(near, connect(socket)));
server.listen(Number(port), '127.0.0.1', start);

function join(near: Socket, far: Socket): void {
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
}

function start(): void {
  const child = spawn(program, args, { stdio: 'inherit' });
  child.on('error', error => {
    console.error(`cannot start \`${program}\`: ${error.message}`);
    process.exit(127);
  });
  child.on('exit', code => process.exit(code ?? 128));
}

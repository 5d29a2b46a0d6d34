import { Disposable, workspace } from 'vscode';

/** Milliseconds. A build changes thousands of files at once. */
const pause = 300;

/**
 * Tells of files of the workspace that were made, changed or deleted, each once a moment. What `files.watcherExclude`
 * leaves out is not told of: whoever listens looks again by itself now and then.
 */
export function watchFiles(changed: (path: string) => void): Disposable {
  const paths = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    for (const path of paths) changed(path);
    paths.clear();
  };
  const watcher = workspace.createFileSystemWatcher('**/*');
  const heard = [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete].map(on =>
    on(uri => {
      if (uri.scheme !== 'file') return;
      paths.add(uri.fsPath);
      timer ??= setTimeout(tell, pause);
    }),
  );
  return Disposable.from(watcher, ...heard, new Disposable(() => clearTimeout(timer)));
}

// What a test run says: each failure where it stands and why, each skipped test by name, and one line of counts.
export default async function* reporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') continue;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A suite is counted by its tests, unless it failed by itself.
    const fellApart = type === 'test:fail' && data.details.error?.failureType !== 'subtestsFailed';
    if (data.details?.type === 'suite' && !fellApart) continue;
    if (type === 'test:fail') {
      counts.failed++;
      yield `\n✖ ${data.name}\n  ${data.file}:${data.line}\n${indented(data.details.error)}\n`;
    } else if (data.skip !== undefined && data.skip !== false) {
      counts.skipped++;
      yield `- skipped: ${data.name}${typeof data.skip === 'string' && data.skip ? ` (${data.skip})` : ''}\n`;
    } else counts.passed++;
  }
  yield `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
}

function indented(error) {
  const cause = error?.cause ?? error;
  return String(cause?.stack ?? cause)
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n');
}

import type { Command, Said } from '../../core/program.ts';
import { requestEffects } from '../../core/request.ts';
import { readArguments } from '../../core/shell/flags.ts';
import { bodyOf, fileBody, readFile, request, writeFile } from './request.ts';

const values =
  `-O -o -P -U -t -T -Q -i -a -e --output-document --output-file --directory-prefix --header --method
    --body-data --body-file --post-data --post-file --user --password --user-agent --tries --timeout --level -l
    --http-user --http-password --ca-certificate --certificate --private-key --load-cookies --save-cookies
    --referer --accept -A --reject -R --domains -D --exclude-domains --wait -w --limit-rate --base -B
    --input-file --execute -I -X`.split(/\s+/);

export function wget(command: Command): readonly Said[] {
  const given = readArguments(command.words.slice(1), { values });
  const data = given.all('--post-data', '--body-data');
  const files = given.all('--post-file', '--body-file');
  const sends = data.length > 0 || files.length > 0;
  const method = given.value('--method')?.text.toUpperCase() ?? (sends ? 'POST' : 'GET');
  const body = bodyOf(data, command);
  return [
    ...given.operands.flatMap(url =>
      requestEffects(
        request({
          method,
          url,
          headers: given.all('--header'),
          user: given.value('--password', '--http-password'),
          body,
        }),
      ),
    ),
    ...files.map(word => readFile(word, word.text)),
    ...given.operands
      .slice(0, 1)
      .flatMap(url =>
        files.flatMap(word => fileBody({ ...word, text: `@${word.text}` }, method, url, command)),
      ),
    ...given
      .all('-O', '--output-document')
      .filter(word => word.text !== '-')
      .map(writeFile),
  ];
}

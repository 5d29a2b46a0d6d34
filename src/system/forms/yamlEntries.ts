import { isMap, isSeq, parseDocument, type Document } from 'yaml';
import { foundIn } from './jsonEntries.ts';
import type { Form } from './form.ts';

/** Entries of lists in YAML. Comments stay; what is changed is written anew as `yaml` writes it. */
export const yamlEntries: Form = {
  find: (text, places, isOurs) => foundIn(documentOf(text).toJS() as unknown, places, isOurs),
  put: (text, wanted) => {
    const document = documentOf(text);
    for (const { at, value } of wanted) {
      const there = at.length ? document.getIn(at) : document.contents;
      if (there !== undefined && there !== null && !isSeq(there))
        throw new Error(`is not as expected at \`${at.join('.')}\``);
      if (isSeq(there)) document.addIn(at, document.createNode(value));
      else document.setIn(at, document.createNode([value]));
    }
    return document.toString();
  },
  take: (text, found, remembered) => {
    if (!found.length) return text;
    const document = documentOf(text);
    for (const { path } of [...found].reverse()) document.deleteIn(path);
    for (const at of [...remembered.made].sort((a, b) => b.length - a.length))
      if (isEmpty(document.getIn(at))) document.deleteIn(at);
    const nothing = document.contents === null || isEmpty(document.contents);
    return remembered.fresh && nothing ? undefined : document.toString();
  },
  made: (text, wanted) => {
    const document = documentOf(text);
    const all = wanted.flatMap(({ at }) => at.map((_, index) => at.slice(0, index + 1)));
    return all.filter(at => !document.hasIn(at));
  },
};

function documentOf(text: string): Document {
  const document = parseDocument(text, { keepSourceTokens: true });
  if (document.errors.length) throw new Error('does not parse as YAML');
  return document;
}

function isEmpty(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.items.length === 0;
}

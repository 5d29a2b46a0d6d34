'use strict';

const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

/** The folder that `window.ts` makes: `scenes.json` is read from it, the other files are written to it. */
const stage = process.env.SCRIPTED_MODEL_STAGE;

/** Which tools to change files with are offered: a proposed API, so the window must allow those. */
const editTools = process.env.SCRIPTED_MODEL_EDIT_TOOLS;

exports.activate = context => {
  if (!stage) return;
  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('scripted', provider),
    vscode.lm.registerTool('scripted_note', note),
    takeSettings(join(stage, 'settings.json')),
  );
};

/** The editor does not see that a person's settings changed on the disk, so a file says which to change from inside. */
function takeSettings(file) {
  const looking = setInterval(async () => {
    if (!existsSync(file)) return;
    clearInterval(looking);
    for (const [key, value] of Object.entries(JSON.parse(readFileSync(file, 'utf8'))))
      await vscode.workspace
        .getConfiguration()
        .update(key, value ?? undefined, vscode.ConfigurationTarget.Global);
    rmSync(file);
    again = takeSettings(file);
  }, 200);
  let again;
  return new vscode.Disposable(() => {
    clearInterval(looking);
    again?.dispose();
  });
}

/** A tool of an extension that nobody has heard of. It leaves a trace. */
const note = {
  invoke({ input }) {
    appendFileSync(join(stage, 'notes.txt'), `${input.text}\n`);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(`noted ${input.text}`)]);
  },
};

const provider = {
  provideLanguageModelChatInformation() {
    return [
      {
        id: 'scripted',
        name: 'Scripted',
        family: 'scripted',
        version: '1',
        maxInputTokens: 1_000_000,
        maxOutputTokens: 100_000,
        isUserSelectable: true,
        capabilities: { toolCalling: true, ...(editTools && { editTools: editTools.split(',') }) },
      },
    ];
  },

  async provideTokenCount(_model, text) {
    return Math.ceil((typeof text === 'string' ? text : JSON.stringify(text)).length / 4);
  },

  async provideLanguageModelChatResponse(_model, messages, options, progress) {
    for (const message of messages) for (const part of message.content) hear(part);
    const tools = options.tools ?? [];
    const scene = tools.length === 0 ? undefined : current(messages);
    if (!scene) {
      log({ unscripted: lastText(messages).slice(-500), tools: tools.map(it => it.name) });
      progress.report(new vscode.LanguageModelTextPart('There is no scene for this.'));
      return;
    }
    writeFileSync(join(stage, 'tools.json'), JSON.stringify(tools, undefined, 2));
    const { prompt, calls, says, results } = scene;
    const next = following(calls, results.length);
    log({ prompt, turn: results.length, results, ends: !next.length, tools: tools.map(it => it.name) });
    for (const [at, { tool, input }] of next.entries()) {
      const id = `call-${Date.now()}-${results.length + at}`;
      progress.report(new vscode.LanguageModelToolCallPart(id, tool, input));
    }
    if (!next.length) progress.report(new vscode.LanguageModelTextPart(says));
  },
};

/** The calls of the next turn: an element is one call, or several that are made at once. */
function following(calls, done) {
  let before = 0;
  for (const turn of calls.map(it => [it].flat())) {
    if (before >= done) return turn;
    before += turn.length;
  }
  return [];
}

/** The scene whose prompt was said last, with the results of the calls that were made since. */
function current(messages) {
  const scenes = JSON.parse(readFileSync(join(stage, 'scenes.json'), 'utf8'));
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message.role !== vscode.LanguageModelChatMessageRole.User) continue;
    const scene = scenes.findLast(it => textOf(message).includes(it.prompt));
    if (scene) return { ...scene, results: resultsIn(messages.slice(at)) };
  }
  return undefined;
}

function resultsIn(messages) {
  const parts = messages.flatMap(it => it.content);
  const calls = parts.filter(it => it instanceof vscode.LanguageModelToolCallPart);
  return parts
    .filter(it => it instanceof vscode.LanguageModelToolResultPart)
    .map(({ callId, content }) => {
      const { name, input } = calls.find(it => it.callId === callId) ?? {};
      return { callId, tool: name, input, text: content.map(written).join('') };
    });
}

function lastText(messages) {
  return messages.length ? textOf(messages[messages.length - 1]) : '';
}

function textOf(message) {
  return message.content.map(it => (it instanceof vscode.LanguageModelTextPart ? it.value : '')).join('');
}

/** A tool answers in text, in pictures, or in a tree that the chat renders. */
function written(part) {
  return part instanceof vscode.LanguageModelTextPart ? part.value : JSON.stringify(part);
}

const heard = new Set();

/** Keeps all that ever reached the model, scripted or not, each text once. */
function hear(part) {
  const text = part instanceof vscode.LanguageModelTextPart ? part.value : JSON.stringify(part);
  if (heard.has(text)) return;
  heard.add(text);
  appendFileSync(join(stage, 'heard.txt'), `${text}\n`);
}

function log(entry) {
  appendFileSync(join(stage, 'seen.jsonl'), `${JSON.stringify(entry)}\n`);
}

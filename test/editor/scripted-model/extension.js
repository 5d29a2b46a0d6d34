'use strict';

const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

/** The folder that `window.ts` makes: `scenes.json` is read from it, `seen.jsonl` and `tools.json` are written to it. */
const stage = process.env.SCRIPTED_MODEL_STAGE;

/** Which tools to change files with are offered: a proposed API, so the window must allow those. */
const editTools = process.env.SCRIPTED_MODEL_EDIT_TOOLS;

exports.activate = context => {
  if (stage) context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('scripted', provider));
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
    const tools = options.tools ?? [];
    const scene = tools.length === 0 ? undefined : current(messages);
    if (!scene) {
      log({ unscripted: lastText(messages).slice(-500), tools: tools.map(it => it.name) });
      progress.report(new vscode.LanguageModelTextPart('There is no scene for this.'));
      return;
    }
    writeFileSync(join(stage, 'tools.json'), JSON.stringify(tools, undefined, 2));
    const { prompt, calls, says, results } = scene;
    const call = calls[results.length];
    log({ prompt, turn: results.length, results, ends: !call, tools: tools.map(it => it.name) });
    if (call) {
      const id = `call-${Date.now()}-${results.length}`;
      progress.report(new vscode.LanguageModelToolCallPart(id, call.tool, call.input));
    } else progress.report(new vscode.LanguageModelTextPart(says));
  },
};

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

function log(entry) {
  appendFileSync(join(stage, 'seen.jsonl'), `${JSON.stringify(entry)}\n`);
}

#!/bin/sh
# Stands before a program on PATH. Starts it at once, unless an agent's mark is there: then these very words are asked
# about first. Folders of such scripts are passed over, so that none ever starts another.
# <marks sh>
if [ -n "${AMP_CURRENT_THREAD_ID-}${AGENT-}${KILO-}${CODEX_THREAD_ID-}${CODEX_SANDBOX-}${CURSOR_AGENT-}${AUGMENT_AGENT-}${COPILOT_CLI-}${QWEN_CODE-}${GEMINI_CLI-}${ANTIGRAVITY_AGENT-}${OPENCODE-}${GOOSE_TERMINAL-}${GROK_AGENT-}${CLINE_ACTIVE-}${ROO_ACTIVE-}${CLAUDECODE-}${COPILOT_AGENT-}${AI_AGENT-}${OR_APP_NAME-}" ]; then
# </marks>
  /bin/sh @FOLDER@/ask.sh shim "$PPID" @NAME@ "$@" >/dev/null
  chaperone_said=$?
  [ $chaperone_said -eq 0 ] || [ $chaperone_said -eq 126 ] ||
    echo 'Chaperone could not judge this, so it is not run: what asks is not there, or was stopped.' >&2
  [ $chaperone_said -eq 0 ] || exit 126
fi
IFS=:
set -f
for chaperone_folder in $PATH; do
  chaperone_program=${chaperone_folder:-.}/@NAME@
  if [ -f "$chaperone_program" ] && [ -x "$chaperone_program" ] && [ ! -e "${chaperone_folder:-.}/.chaperone-shims" ]; then
    exec "$chaperone_program" "$@"
  fi
done
echo '@NAME@: not found' >&2
exit 127

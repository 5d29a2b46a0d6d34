# The first file that every zsh reads. A person's own come after it as if it were not there.
if [[ -n "${CHAPERONE_ZDOTDIR-}" ]]; then
  ZDOTDIR=$CHAPERONE_ZDOTDIR
elif [[ -n "${USER_ZDOTDIR-}" ]]; then
  ZDOTDIR=$HOME
else
  unset ZDOTDIR
fi
# <marks posix>
if [[ -n "${AMP_CURRENT_THREAD_ID-}${AGENT-}${KILO-}${CODEX_THREAD_ID-}${CODEX_SANDBOX-}${CURSOR_AGENT-}${AUGMENT_AGENT-}${COPILOT_CLI-}${QWEN_CODE-}${GEMINI_CLI-}${ANTIGRAVITY_AGENT-}${OPENCODE-}${GOOSE_TERMINAL-}${GROK_AGENT-}${CLINE_ACTIVE-}${ROO_ACTIVE-}${CLAUDECODE-}${COPILOT_AGENT-}${AI_AGENT-}${OR_APP_NAME-}" ]]; then
# </marks>
  . @FOLDER@/run.zsh || exit 126
fi
if [[ -f ${ZDOTDIR:-$HOME}/.zshenv ]]; then . ${ZDOTDIR:-$HOME}/.zshenv; fi
if (( ${+functions[__chaperone_keep]} )) && [[ ! -o interactive && ! -o login ]]; then __chaperone_keep; fi

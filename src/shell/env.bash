# What BASH_ENV names: sourced by every bash that runs a command, a script or its input.
# <marks posix>
if [[ -n "${AMP_CURRENT_THREAD_ID-}${AGENT-}${KILO-}${CODEX_THREAD_ID-}${CODEX_SANDBOX-}${CURSOR_AGENT-}${AUGMENT_AGENT-}${COPILOT_CLI-}${QWEN_CODE-}${GEMINI_CLI-}${ANTIGRAVITY_AGENT-}${OPENCODE-}${GOOSE_TERMINAL-}${GROK_AGENT-}${CLINE_ACTIVE-}${ROO_ACTIVE-}${CLAUDECODE-}${COPILOT_AGENT-}${AI_AGENT-}${OR_APP_NAME-}" ]]; then
# </marks>
  . @FOLDER@/run.bash || exit 126
fi
if [[ -n "${CHAPERONE_BASH_ENV-}" ]]; then eval ". \"$CHAPERONE_BASH_ENV\""; fi

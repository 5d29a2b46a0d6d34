# Asks about a line of a shell that an agent works in. Ends with a failure where it must not run: the reason was told.
# usage: sh ask.sh typed|run|unseen SESSION LINE
#        sh ask.sh shim SESSION PROGRAM [WORD...], with the input that the program would have
agent= slips=
# <marks named>
[ -n "$agent" ] || ! [ -n "${AMP_CURRENT_THREAD_ID-}" ] || { agent=amp; }
[ -n "$agent" ] || ! [ "${AGENT-}" = amp ] || { agent=amp; }
[ -n "$agent" ] || ! [ -n "${KILO-}" ] || { agent=kilo; }
[ -n "$agent" ] || ! [ -n "${CODEX_THREAD_ID-}" ] || { agent=codex slips=typed; }
[ -n "$agent" ] || ! [ -n "${CODEX_SANDBOX-}" ] || { agent=codex slips=typed; }
[ -n "$agent" ] || ! [ -n "${CURSOR_AGENT-}" ] || { agent=cursor; }
[ -n "$agent" ] || ! [ -n "${AUGMENT_AGENT-}" ] || { agent=auggie; }
[ -n "$agent" ] || ! [ -n "${COPILOT_CLI-}" ] || { agent=copilot; }
[ -n "$agent" ] || ! [ -n "${QWEN_CODE-}" ] || { agent=qwen; }
[ -n "$agent" ] || ! [ -n "${GEMINI_CLI-}" ] || { agent=gemini; }
[ -n "$agent" ] || ! [ -n "${ANTIGRAVITY_AGENT-}" ] || { agent=antigravity; }
[ -n "$agent" ] || ! [ -n "${OPENCODE-}" ] || { agent=opencode; }
[ -n "$agent" ] || ! [ -n "${GOOSE_TERMINAL-}" ] || { agent=goose; }
[ -n "$agent" ] || ! [ -n "${GROK_AGENT-}" ] || { agent=grok; }
[ -n "$agent" ] || ! [ -n "${CLINE_ACTIVE-}" ] || { agent=cline; }
[ -n "$agent" ] || ! [ -n "${ROO_ACTIVE-}" ] || { agent=roo; }
[ -n "$agent" ] || ! [ -n "${CLAUDECODE-}" ] || { agent=claude; }
[ -n "$agent" ] || ! [ -n "${COPILOT_AGENT-}" ] || { agent=vscode; }
[ -n "$agent" ] || ! [ "${AI_AGENT-}" = github_copilot_vscode_agent ] || { agent=vscode; }
[ -n "$agent" ] || ! [ "${OR_APP_NAME-}" = Aider ] || { agent=aider; }
[ -n "$agent" ] || ! [ -n "${AI_AGENT-}" ] || { agent=another; }
# </marks>
[ -n "$agent" ] || exit 0
folder=@FOLDER@
how=$1 session=$2
shift 2
[ $how = shim ] || [ ! -e "$folder/off" ] || exit 0

# Whoever has a hook of its own was asked there, unless it is one that is not told of what is typed.
wired=
[ ! -r "$folder/wired" ] || read -r wired <"$folder/wired" || :
[ -n "$slips" ] && [ $how != run ] && [ $how != shim ] || case " $wired " in *" $agent "*) exit 0 ;; esac

# Who started a process, and when it began: its number alone is given to another one day.
process() {
  parent= began= stat=
  if [ -r /proc/self/stat ]; then
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null
    set -f
    set -- ${stat##*) }
    set +f
    parent=${2-} began=${20-}
  else
    set -- $(LC_ALL=C PATH=/usr/bin:/bin ps -o ppid= -o lstart= -p "$1" 2>/dev/null)
    parent=${1-}
    [ $# -eq 0 ] || shift
    began=$*
  fi
  [ -n "$parent" ] && [ -n "$began" ]
}

# Whether a shell above has asked for this agent: what its lines start was judged with them.
asked() {
  process=$PPID
  while [ "$process" -gt 1 ] && process "$process"; do
    before=
    [ ! -r "$folder/asked/$process" ] || read -r before <"$folder/asked/$process" || :
    [ "$before" != "$agent $began" ] || return 0
    process=$parent
  done
  return 1
}

note() {
  shell=$session
  [ $how != run ] || shell=$PPID
  [ $how = shim ] || [ ! -d "$folder/../shims" ] || ! process "$shell" ||
    { echo "$agent $began" >"$folder/asked/$shell"; } 2>/dev/null
}

# The words as a line that has exactly them.
lineOf() {
  line=$1
  shift
  for word do
    made=
    while :; do
      case $word in
        *\'*) made="$made${word%%\'*}'\\''" word=${word#*\'} ;;
        *) break ;;
      esac
    done
    case $made$word in
      '' | *[!A-Za-z0-9_./:=@%+,-]*) line="$line '$made$word'" ;;
      *) line="$line $word" ;;
    esac
  done
}

line=${1-}
setting=shellGuard
if [ $how = shim ]; then
  ! asked || exit 0
  setting=pathShims
  lineOf "$@"
  # What comes on its input is not known here, and is somebody's: a database runs it.
  [ -t 0 ] || [ /dev/stdin -ef /dev/null ] || line="cat | $line"
  exec </dev/null
fi

payload() {
  CHAPERONE_LINE=$1 CHAPERONE_FOLDER=$PWD PATH=/usr/bin:/bin:$PATH awk -v agent="$agent" -v kind="$2" -v session="$3" '
    function quoted(text, at, one) {
      printf "\""
      for (at = 1; at <= length(text); at++) {
        one = substr(text, at, 1)
        if (one == "\\" || one == "\"") printf "\\%s", one
        else if (one in control) printf "%s", control[one]
        else printf "%s", one
      }
      printf "\""
    }
    BEGIN {
      for (code = 1; code < 32; code++) control[sprintf("%c", code)] = sprintf("\\u%04x", code)
      printf "{\"agent\":\"%s\",\"how\":\"%s\",\"session_id\":\"%s\",\"cwd\":", agent, kind, session
      quoted(ENVIRON["CHAPERONE_FOLDER"])
      printf ",\"tool_name\":\"%s\",\"tool_input\":{\"command\":", kind == "unseen" ? "Unseen" : "Bash"
      quoted(ENVIRON["CHAPERONE_LINE"])
      printf "}}"
    }'
}

# `timeout` takes what it starts out of reach of Ctrl-C: whoever types can stop the asking, and it ends by itself.
bound=
kind=$how
[ $how != shim ] || kind=run
[ $kind != run ] || [ ! -x /usr/bin/timeout ] || bound='/usr/bin/timeout -k 1 590'

said=$(payload "$line" $kind "$session") && [ -n "$said" ] && printf '%s' "$said" |
  ELECTRON_RUN_AS_NODE=1 NODE_OPTIONS= CHAPERONE_SHELL=$$ $bound @ASK@ >/dev/null
status=$?
if [ $status -eq 0 ]; then
  note
  exit 0
fi
[ $status -ne 126 ] || exit 126
echo "Chaperone could not judge this, so it is not run. It asks here because an agent works in this shell ($agent): a person can open another terminal, or switch \`chaperone.$setting\` off in the editor's settings." >&2
exit 126

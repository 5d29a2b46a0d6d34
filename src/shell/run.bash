# For a bash that an agent's marks are around. A command is asked about as a whole, before anything of it runs; what
# comes on the input, as it comes. A script was judged with the line that starts it.
if [[ -n "${BASH_EXECUTION_STRING-}" ]]; then
  /bin/sh @FOLDER@/ask.sh run "$PPID" "$BASH_EXECUTION_STRING" </dev/null >/dev/null || exit 126
elif [[ ! -f $0 || ${0##*/} == bash ]]; then
  __chaperone() {
    case $BASH_COMMAND in
      *[\<\>\`\$]*) ;;
      : | true | false | pwd | 'echo '* | 'printf '* | '[ '* | '[[ '* | 'test '* | 'cd '* | return* | break* | continue*) return 0 ;;
    esac
    /bin/sh @FOLDER@/ask.sh run "$$" "$BASH_COMMAND" </dev/null >/dev/null || exit 126
  }
  set -T
  trap __chaperone DEBUG
fi
:

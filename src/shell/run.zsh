# For a zsh that an agent's marks are around: a command is asked about as a whole, a typed line before it begins, what
# comes on the input as it comes.
__chaperone_keep() {
  export CHAPERONE_ZDOTDIR=${ZDOTDIR-} ZDOTDIR=@FOLDER@/zsh
}
if [[ -n ${ZSH_EXECUTION_STRING-} ]]; then
  /bin/sh @FOLDER@/ask.sh run $PPID "$ZSH_EXECUTION_STRING" </dev/null >/dev/null || exit 126
elif [[ -o interactive ]]; then
  __chaperone_preexec() {
    [[ $3 == (exit|logout) ]] && return
    /bin/sh @FOLDER@/ask.sh typed $$ "$3" </dev/null >/dev/null && return
    if [[ -n "$(trap)" && "$(trap)" == *' INT'* ]] || (( ${+functions[TRAPINT]} )); then kill -HUP $$; else kill -INT $$; fi
  }
  __chaperone_precmd() {
    __chaperone_keep
    precmd_functions=(${precmd_functions:#__chaperone_precmd})
  }
  preexec_functions+=(__chaperone_preexec)
  precmd_functions+=(__chaperone_precmd)
elif [[ ! -f $ZSH_ARGZERO || ${ZSH_ARGZERO:t} == zsh ]]; then
  __chaperone() {
    case $1 in
      *[$'<>`$;&|\n']*) ;;
      (:|true|false|pwd|echo\ *|printf\ *|cd\ *) return ;;
    esac
    /bin/sh @FOLDER@/ask.sh run $$ "$1" </dev/null >/dev/null
  }
  trap '__chaperone "$ZSH_DEBUG_CMD" || exit 126' DEBUG
fi
:

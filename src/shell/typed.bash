# Sourced in a subshell for a line that was typed into a bash that an agent's marks are around: it ends with a failure,
# or the line is interrupted before it begins. `$1` is where the history was at the line before.
__seen=typed
__line=$(HISTTIMEFORMAT='' builtin history 1)
__line=${__line#"${__line%%[![:space:]]*}"}
__line=${__line#"${__line%%[!0-9]*}"}
__line=${__line:2}
# A line that the history did not take is one that nobody can read here.
if [[ ! -o history || -z $__line || $HISTCMD == "$1" ]] || ! shopt -q cmdhist; then
  __seen=unseen
elif [[ -z $1 && "$HISTCONTROL" == *ignore[sb]* || -z $1 && -n $HISTIGNORE ]]; then
  # At the first line there is none before to compare with: what is the last of an earlier session may be all there is.
  if [[ -r ${HISTFILE-} && ${__line##*$'\n'} == "$(/usr/bin/tail -n 1 "$HISTFILE")" ]]; then __seen=unseen; fi
fi
case $__seen:$__line in typed:exit | typed:logout) exit 0 ;; esac
[[ $__seen == typed ]] || __line='a line that is not kept in the history of the shell'
/bin/sh @FOLDER@/ask.sh "$__seen" "$$" "$__line" </dev/null >/dev/null && exit 0
# What takes no interrupt is ended.
if [[ -n $(trap -p INT) ]]; then kill -HUP $$; else kill -INT $$; fi
exit 0

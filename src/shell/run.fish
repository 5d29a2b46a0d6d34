# For a fish that an agent's marks are around: a command is asked about as a whole, a typed line when it is entered.
# `fish_preexec` cannot stop one.
set -l __words (string split0 </proc/$fish_pid/cmdline 2>/dev/null)
# Without /proc: words as `ps` shows them, which has no quotes.
test (count $__words) -gt 0; or set __words fish -c (ps -o args= -p $fish_pid | string replace -rf -- '^.*? (?:-\w*c|--command)[ =]' '')
set -l __lines
set -l __option
for __word in $__words[2..-1]
    if test -n "$__option"
        string match -rq -- '^source ".*/shellIntegration\.fish"$' "$__word"; or set -a __lines "$__word"
        set __option
    else if string match -rq -- '^-[a-zA-Z]*[cC]$|^--(?:init-)?command$' "$__word"
        set __option yes
    else if string match -rq -- '^--(?:init-)?command=|^-[a-zA-Z]*[cC].' "$__word"
        set -a __lines (string replace -r -- '^--(?:init-)?command=|^-[a-zA-Z]*?[cC]' '' "$__word" | string collect)
    else if not string match -q -- '-*' "$__word"
        break
    end
end
for __line in $__lines
    /bin/sh @FOLDER@/ask.sh run $fish_pid "$__line" </dev/null >/dev/null
    or exec /bin/sh -c 'exit 126'
end
if status is-interactive
    function __chaperone_enter
        set -l line (commandline -b | string collect)
        if test -n "$line"; and commandline --is-valid; and not contains -- "$line" exit
            echo
            # What a key is bound to hears no Ctrl-C: it waits for the answer.
            if not /bin/sh @FOLDER@/ask.sh typed $fish_pid "$line" </dev/null >/dev/null
                commandline -r ''
                commandline -f repaint
                return
            end
            printf '\e[A'
        end
        commandline -f execute
    end
    for __mode in default insert
        bind -M $__mode \r __chaperone_enter
        bind -M $__mode \n __chaperone_enter
    end
end
true

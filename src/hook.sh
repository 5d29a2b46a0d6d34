# What hooks start where there is a POSIX shell: the quickest client there is. Perl asks the window in a third of the time
# that Node takes to start, and is on macOS and nearly every Linux; where it is not, or cannot, Node does it.
# usage: sh hook.sh NODE GUARD hook AGENT EVENT --state DIR
unset PERL5OPT PERL5LIB PERL5DB
# Perl complains of a locale that is not installed, where the agent would read it.
export PERL_BADLANG=0
if [ -x /usr/bin/perl ] && [ -f "${0%/*}/hook.pl" ]; then exec /usr/bin/perl "${0%/*}/hook.pl" "$@"; fi
exec "$@"

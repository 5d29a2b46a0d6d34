# Asks the window about a hook's payload, as system/caller.ts does, where there is plainly one window to ask. In every
# other case, and whatever goes wrong, it starts the guard with the payload, which knows all cases and fails to a no.
# usage: perl hook.pl NODE GUARD hook AGENT EVENT --state DIR
use strict;
use warnings;
use Socket qw(PF_UNIX SOCK_STREAM sockaddr_un);

my $undecided   = 70;
my $longest     = 8 * 1024 * 1024;
my $speaking    = 10;     # seconds an agent has to finish its payload
my $hearing     = 1.5;    # seconds a window has to say that it heard
my $silence     = 8;      # seconds a window may be silent while a person thinks
my $patience    = 580;    # seconds in all, where the command in the hook file does not say less
my @hosts       = qw(COPILOT_CLI CURSOR_VERSION DEVIN_PROJECT_DIR GEMINI_CLI QWEN_CODE GROK_HOOK_EVENT);    # as in guard.ts

my @guard = @ARGV;
my ( $agent, $event, $state ) = ( $guard[3], $guard[4], $guard[5] && $guard[5] eq '--state' ? $guard[6] : undef );
$patience = $1 if join( ' ', @guard ) =~ / --within (\d+)/ && $1 > 0 && $1 < $patience;
my ($shell) = ( $ENV{CHAPERONE_SHELL} || 0 ) =~ /\A(\d+)\z/;    # Grok Build makes one dollar sign of `$$`.
my $payload = payload();
my $heard   = 0;
my $reply   = $agent && $event && $state ? asked() : undef;
defined $reply ? finish($reply) : guard();

# All of standard input, or an end with a failure: the command in the hook file makes a refusal of it.
sub payload {
    binmode STDIN;
    my $text = '';
    local $SIG{ALRM} = sub { print STDERR "the agent did not finish what it wrote to its hook\n"; exit $undecided };
    alarm $speaking;
    while (1) {
        my $read = sysread STDIN, $text, 65536, length $text;
        last if defined $read && $read == 0;
        if ( !defined $read && !$!{EINTR} ) { print STDERR "cannot read what the agent wrote to its hook: $!\n"; exit $undecided }
        if ( length $text > $longest ) { print STDERR "the agent wrote too much to its hook\n"; exit $undecided }
    }
    alarm 0;
    return $text;
}

# The reply of the window, or nothing.
sub asked {
    my ( $socket, $token ) = window() or return undef;
    return undef unless defined $token;
    socket( my $peer, PF_UNIX, SOCK_STREAM, 0 ) or return undef;
    connect( $peer, sockaddr_un($socket) ) or return undef;
    my $wait = $patience * 1000;
    my $line = sprintf '{"token":"%s","agent":"%s","event":"%s","payload":"%s","cwd":"%s","wait":%d%s}' . "\n",
      $token, escaped($agent), escaped($event), escaped($payload), cwd(), $wait, marks();
    local $SIG{PIPE} = 'IGNORE';
    return undef unless written( $peer, $line );
    return reply_from($peer);
}

# By whose variables it is seen who started us.
sub marks {
    my @set = grep { $ENV{$_} } @hosts or return '';
    return ",\"marks\":\"@set\"";
}

# The socket and token of the one window whose folders hold the agent's folder: private files of ours, and nothing in
# them that would need a real reader of JSON.
sub window {
    my $cwd = cwd();
    return unless defined $cwd && $cwd !~ /\\/;
    my @found;
    for my $file ( glob_json("$state/windows") ) {
        my @stat = lstat $file or next;
        next unless -f _ && $stat[4] == $< && !( $stat[2] & 077 );
        open my $handle, '<:raw', $file or next;
        my $text = do { local $/; <$handle> };
        my ($pid)     = $text =~ /"pid":\s*(\d+)/;
        my ($socket)  = $text =~ /"socket":\s*"([^"\\]+)"/;
        my ($token)   = $text =~ /"token":\s*"([0-9a-f]+)"/;
        my ($folders) = $text =~ /"folders":\s*\[([^\]]*)\]/;
        return if !$pid || !$socket || !$token || !defined $folders || $folders =~ /\\/;
        # In a guarded terminal no process outside can be seen.
        next unless $ENV{CHAPERONE_SANDBOX} || kill( 0, $pid ) || $!{EPERM};
        my @holding = grep { $cwd eq $_ || index( "$cwd/", $_ eq '/' ? '/' : "$_/" ) == 0 } $folders =~ /"([^"]*)"/g;
        push @found, [ $socket, $token ] if @holding;
    }
    return @found == 1 ? @{ $found[0] } : ();
}

sub glob_json {
    my ($folder) = @_;
    opendir my $handle, $folder or return;
    return map { "$folder/$_" } grep { /^[0-9a-f]+[.]json$/ } readdir $handle;
}

# Where the agent says that it is, still escaped as in its payload; nothing where it says so twice, or not at all. As in
# guard.ts, the first of its folders counts where it says no more than these.
sub cwd {
    my $text  = qr/"((?:[^"\\]|\\.)*)"/;
    my @said  = $payload =~ /"cwd":\s*$text/g;
    my @first = $payload =~ /"(?:workspace_roots|workspaceRoots|workspacePaths)":\s*\[\s*$text/g;
    @said = @first unless @said || $payload =~ /"working_dir":/;
    return @said == 1 ? $said[0] : undef;
}

sub reply_from {
    my ($peer) = @_;
    my ( $text, $from, $quiet ) = ( '', time, 0 );
    while ( time - $from < $patience ) {
        exit $undecided if $shell && !kill( 0, $shell ) && !$!{EPERM};
        my $ready = '';
        vec( $ready, fileno $peer, 1 ) = 1;
        my $some = select( $ready, undef, undef, 0.5 );
        if ( !$some ) {
            $quiet += 0.5;
            return undef if $quiet >= ( $heard ? $silence : $hearing );
            next;
        }
        $quiet = 0;
        my $read = sysread $peer, $text, 65536, length $text;
        return undef unless $read;
        while ( $text =~ s/^([^\n]*)\n// ) {
            my $line = $1;
            if    ( $line eq '{"heard":true}' )     { $heard = 1 }
            elsif ( $line =~ /^\{"reply":/ )        { return $line }
            elsif ( $line ne '{"waiting":true}' )   { return undef }
        }
    }
    return undef;
}

# Writes what the window said, and ends as it said. What cannot be read here, the guard asks for again.
sub finish {
    my ($line) = @_;
    my $string = qr/"((?:[^"\\]|\\["\\\/bfnrt])*)"/;
    my ( $stdout, $stderr, $exit ) = $line =~ /^\{"reply":\{"stdout":$string,"stderr":$string,"exit":(\d+)\}\}$/ or return guard();
    binmode $_ for *STDOUT, *STDERR;
    written( *STDERR, plain($stderr) );
    written( *STDOUT, plain($stdout) ) or exit $undecided;
    exit $exit;
}

# The guard itself, with the payload on its standard input. A window that heard us is not asked a second time.
sub guard {
    my @command = ( @guard, $heard ? '--alone' : () );
    local $SIG{PIPE} = 'IGNORE';
    open my $node, '|-:raw', @command or exit $undecided;
    print {$node} $payload;
    close $node;
    exit( $? & 127 ? $undecided : $? >> 8 );
}

sub written {
    my ( $handle, $text ) = @_;
    my $done = 0;
    while ( $done < length $text ) {
        my $some = syswrite $handle, $text, length($text) - $done, $done;
        return 0 unless defined $some || $!{EINTR} || $!{EAGAIN};
        $done += $some || 0;
    }
    return 1;
}

sub escaped {
    my ($text) = @_;
    $text =~ s/([\\"\x00-\x1f])/sprintf '\\u%04x', ord $1/ge;
    return $text;
}

sub plain {
    my ($text) = @_;
    my %is = ( b => "\b", f => "\f", n => "\n", r => "\r", t => "\t" );
    $text =~ s/\\(.)/exists $is{$1} ? $is{$1} : $1/ge;
    return $text;
}

function __sfs_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sfs_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sfs_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sfs_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sfs_parse_tokens -S
    set -l unparsed_tokens (__sfs_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sfs'
        __sfs_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'put'
            __sfs_parse_subcommand -r 1 'r/recursive' 'stdin' '0' 'hash=' 'expect=' 'copies=' 'ext=' 'type=' 'no-precheck' 'j/parallel=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'get'
            __sfs_parse_subcommand 1 'o/output=' 'range=' 'resume' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'exists'
            __sfs_parse_subcommand -r 1 'stdin' '0' 'missing' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'stat'
            __sfs_parse_subcommand 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'purchase'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'create'
                __sfs_parse_subcommand -r 1 'stdin' '0' 'ext=' 'life=' 'referrer=+' 'ip=+' 'name=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'list'
                __sfs_parse_subcommand -r 1 'hash=' 'account=' 'all' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'show'
                __sfs_parse_subcommand -r 1 'hash=' 'account=' 'all' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'extend'
                __sfs_parse_subcommand -r 1 'hash=' 'account=' 'all' 'life=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'revoke'
                __sfs_parse_subcommand -r 1 'hash=' 'account=' 'all' 'apply' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'status'
            __sfs_parse_subcommand 0 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'store'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'init'
                __sfs_parse_subcommand 1 'store=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'account'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'create'
                __sfs_parse_subcommand 1 'role=+' 'password-file=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'list'
                __sfs_parse_subcommand 0 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'passwd'
                __sfs_parse_subcommand 1 'password-file=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'disable'
                __sfs_parse_subcommand 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'enable'
                __sfs_parse_subcommand 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'remove'
                __sfs_parse_subcommand 1 'apply' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'session'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __sfs_parse_subcommand 0 'account=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'revoke'
                __sfs_parse_subcommand -r 1 'account=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'keygen'
            __sfs_parse_subcommand 0 'u/user=' 'password-file=' 'temporary' 'tls' 'out=' 'name=+' 'days=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'help'
            __sfs_parse_subcommand -r 1 'version'
        end
    end
end

function __sfs_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sfs_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __sfs_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sfs_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sfs_tokens -p)
    if test -z "$(__sfs_tokens -t)"
        set -l index (count (__sfs_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sfs' -f
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'put' -d 'Put files into the cluster.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'get' -d 'Get a content from the cluster.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'exists' -d 'Ask which contents are in the cluster.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'stat' -d 'Show size, type, copies and places of a content.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'purchase' -d 'Make URLs that give a content for a time.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'status' -d 'Show the state of the cluster.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'store' -d 'Manage the stores of this host.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'account' -d 'Manage the accounts that may use the cluster.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'session' -d 'List and end the sessions of accounts.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'keygen' -d 'Log in and print a token, or make a TLS certificate.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs put" -ge 1' -F
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" r recursive' -l 'recursive' -s 'r' -d 'Put the files in folders, and in folders in those.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" hash' -l 'hash' -d 'Name contents by this hash: md5, sha1, sha224, sha256, sha384, sha512.' -rfka 'md5 sha1 sha224 sha256 sha384 sha512'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" expect' -l 'expect' -d 'Refuse the file if this is not its hash.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" copies' -l 'copies' -d 'Keep this many copies.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" ext' -l 'ext' -d 'Keep this extension, not that of the name.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" type' -l 'type' -d 'Keep this media type, not that of the extension.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" no-precheck' -l 'no-precheck' -d 'Send without asking first whether the content is there.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" j parallel' -s 'j' -l 'parallel' -d 'Work on this many files at once.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" o output' -s 'o' -l 'output' -d 'Write to this file; \'-\' is standard output. Without it, to the hash with its extension.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" range' -l 'range' -d 'Get only these bytes, counted from 0: 0-99, 100- or -5. Not verified as a whole.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" resume' -l 'resume' -d 'Keep what came when it is cut, and go on with what an earlier run kept.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs get" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" missing' -l 'missing' -d 'Print only those that are not there.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs stat" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs stat" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs stat" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs stat" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs stat" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs stat" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs stat" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs stat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs purchase" -eq 1' -fa 'create' -d 'Make a URL that gives a content for a time.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs purchase" -eq 1' -fa 'list' -d 'List purchases, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs purchase" -eq 1' -fa 'show' -d 'Show all that is known of purchases.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs purchase" -eq 1' -fa 'extend' -d 'Let purchases live for a time from now.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs purchase" -eq 1' -fa 'revoke' -d 'End purchases; their URLs are refused from then on.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" ext' -l 'ext' -d 'End the URL with this, not with the content\'s.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" life' -l 'life' -d 'How long it works: 90s, 15m, 2h or 7d. Without it, as the cluster is set.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create"' -l 'referrer' -d 'Only from pages of this host and of those below it; may be repeated.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create"' -l 'ip' -d 'Only from this address or network; may be repeated.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" name' -l 'name' -d 'The file name in the URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" hash' -l 'hash' -d 'All purchases of this content.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" account' -l 'account' -d 'All purchases that this account made.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" all' -l 'all' -d 'All purchases.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" hash' -l 'hash' -d 'All purchases of this content.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" account' -l 'account' -d 'All purchases that this account made.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" all' -l 'all' -d 'All purchases.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" hash' -l 'hash' -d 'All purchases of this content.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" account' -l 'account' -d 'All purchases that this account made.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" all' -l 'all' -d 'All purchases.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" life' -l 'life' -d 'How long: 90s, 15m, 2h or 7d.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase extend" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" hash' -l 'hash' -d 'All purchases of this content.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" account' -l 'account' -d 'All purchases that this account made.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" all' -l 'all' -d 'All purchases.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" apply' -l 'apply' -d 'Do it without asking.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase revoke" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store" -eq 1' -fa 'init' -d 'Make a volume of an empty folder.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store init" -eq 1' -fa '(__sfs_complete_directories)'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" store' -l 'store' -d 'Which store of the configuration; without it, the one that names the folder.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store init" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs account" -eq 1' -fa 'create' -d 'Make an account.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs account" -eq 1' -fa 'list' -d 'List the accounts.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs account" -eq 1' -fa 'passwd' -d 'Change the password of an account.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs account" -eq 1' -fa 'disable' -d 'Refuse an account, and its sessions, for a time.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs account" -eq 1' -fa 'enable' -d 'Let an account in again that was disabled.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs account" -eq 1' -fa 'remove' -d 'Remove an account and its sessions.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create"' -l 'role' -d 'What it may do, separated by commas: create, read, update, delete. Without it, all.' -rfka 'create read update delete'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" password-file' -l 'password-file' -d 'Take the password from the first line of this file; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account list" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account list" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account list" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account list" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account list" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account list" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account list" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" password-file' -l 'password-file' -d 'Take the password from the first line of this file; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account passwd" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account disable" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account disable" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account disable" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account disable" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account disable" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account disable" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account disable" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account disable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account enable" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account enable" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account enable" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account enable" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account enable" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account enable" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account enable" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account enable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" apply' -l 'apply' -d 'Do it without asking.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs account remove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs session" -eq 1' -fa 'list' -d 'List the sessions, oldest first.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs session" -eq 1' -fa 'revoke' -d 'End sessions; their tokens are refused from then on.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" account' -l 'account' -d 'Only those of this account.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" account' -l 'account' -d 'All those of this account.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs session revoke" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" u user' -l 'user' -s 'u' -d 'Log in as this account. Without it, the terminal is asked.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" password-file' -l 'password-file' -d 'Take the password from the first line of this file; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" temporary' -l 'temporary' -d 'Print a token that ends by itself, usually after a day.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" tls' -l 'tls' -d 'Make a self-signed certificate and its key. Nobody is asked, no daemon either.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" out' -l 'out' -d 'Write tls.crt and tls.key into this folder.' -rfa '(__sfs_complete_directories)'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen"' -l 'name' -d 'A DNS name or IP address that it is for. Without it, this machine\'s.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" days' -l 'days' -d 'Valid for so many days; usually 825.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs keygen" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs help" version' -l 'version' -d 'Show the version.'

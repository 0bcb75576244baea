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
            __sfs_parse_subcommand -r 1 'r/recursive' 'stdin' 'i/input=' '0' 'hash=' 'expect=' 'copies=' 'ext=' 'type=' 'no-precheck' 'j/parallel=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'get'
            __sfs_parse_subcommand 1 'o/output=' 'range=' 'resume' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'exists'
            __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'missing' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'stat'
            __sfs_parse_subcommand 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'purchase'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'create'
                __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'ext=' 'life=' 'referrer=+' 'ip=+' 'name=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'list'
                __sfs_parse_subcommand -r 1 'hash=' 'account=' 'all' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'show'
                __sfs_parse_subcommand -r 1 'hash=' 'account=' 'all' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'extend'
                __sfs_parse_subcommand -r 1 'hash=' 'account=' 'all' 'life=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'revoke'
                __sfs_parse_subcommand -r 1 'hash=' 'account=' 'all' 'apply' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'rm'
            __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'apply' 'dry-run' 'reason=' 'wait' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'undelete'
            __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'dry-run' 'reason=' 'bwlimit=' 'concurrency=' 'detach' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'clone'
            __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'prefix=' 'on=' 'in=' 'all' 'detail=' 'below=' 'at=' 'above=' 'copies=' 'to=' 'away=' 'remove' 'no-verify' 'apply' 'dry-run' 'reason=' 'bwlimit=' 'concurrency=' 'detach' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'balance'
            __sfs_parse_subcommand 0 'store=' 'zone=' 'band=' 'check' 'apply' 'dry-run' 'reason=' 'bwlimit=' 'concurrency=' 'detach' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'verify'
            __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'store=' 'zone=' 'all' 'since=' 'force' 'bwlimit=' 'detach' 'report' 'watch' 'pause' 'resume' 'cancel' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'inventory'
            __sfs_parse_subcommand 0 'store=' 'zone=' 'all' 'force' 'accept-missing' 'detach' 'report' 'watch' 'pause' 'resume' 'cancel' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'rule'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'show'
                __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'set'
                __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'copy-minimum=' 'copy-maximum=' 'force-on=+' 'force-all' 'protect-on=+' 'protect-all' 'ban-on=+' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'clear'
                __sfs_parse_subcommand -r 1 'stdin' 'i/input=' '0' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'list'
                __sfs_parse_subcommand 0 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'plan'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __sfs_parse_subcommand 0 'state=' 'limit=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'show'
                __sfs_parse_subcommand 1 'steps' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'apply'
                __sfs_parse_subcommand 1 'detach' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'pause'
                __sfs_parse_subcommand -r 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'resume'
                __sfs_parse_subcommand -r 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'cancel'
                __sfs_parse_subcommand -r 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'task'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __sfs_parse_subcommand 0 'plan=' 'store=' 'state=' 'limit=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'show'
                __sfs_parse_subcommand 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'watch'
                __sfs_parse_subcommand -r 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'pause'
                __sfs_parse_subcommand -r 1 'plan=' 'state=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'resume'
                __sfs_parse_subcommand -r 1 'plan=' 'state=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'cancel'
                __sfs_parse_subcommand -r 1 'plan=' 'state=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'retry'
                __sfs_parse_subcommand -r 1 'plan=' 'state=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'status'
            __sfs_parse_subcommand 0 'watch=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'top'
            __sfs_parse_subcommand 0 'interval=' 'count=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'bench'
            __sfs_parse_subcommand -r 1 'size=' 'range-size=' 'j/concurrency=' 'duration=' 'max-bytes=' 'max-requests=' 'clean' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'doctor'
            __sfs_parse_subcommand 0 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'audit'
            __sfs_parse_subcommand 0 'subject=' 'actor=' 'since=' 'limit=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'store'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'init'
                __sfs_parse_subcommand 1 'store=' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'adopt'
                __sfs_parse_subcommand 1 'store=' 'take-over' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'list'
                __sfs_parse_subcommand 0 'retired' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'show'
                __sfs_parse_subcommand 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'drain'
                __sfs_parse_subcommand 1 'apply' 'dry-run' 'reason=' 'bwlimit=' 'concurrency=' 'detach' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'undrain'
                __sfs_parse_subcommand 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'retire'
                __sfs_parse_subcommand 1 'apply' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'can'
            __sfs_parse_subcommand 2 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'member'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __sfs_parse_subcommand 0 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'roles'
                __sfs_parse_subcommand -r 2 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'remove'
                __sfs_parse_subcommand 1 'apply' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'prune'
            __sfs_parse_subcommand 0 'only=+' 'dry-run' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
        case 'catalog'
            __sfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'url'
                __sfs_parse_subcommand 0 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'dump'
                __sfs_parse_subcommand 1 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
            case 'rebuild'
                __sfs_parse_subcommand 0 'watch' 'detach' 'socket=' 'url=' 'token-file=' 'token=' 'json' 'q/quiet' 'version' 'h/help'
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
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'rm' -d 'Delete contents from the whole cluster.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'undelete' -d 'Bring deleted contents back from the trash.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'clone' -d 'Make more copies of contents, or move or remove some.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'balance' -d 'Move copies towards even fill.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'verify' -d 'Read replicas again and compare them with their hash.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'inventory' -d 'Compare volumes with the catalog, and reconcile them.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'rule' -d 'Say where single contents must be, or must not be.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'plan' -d 'Show, apply and stop plans.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'task' -d 'Show, watch and change what stores have to do.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'status' -d 'Show the state of the cluster.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'top' -d 'Show stores, plans and tasks as they change.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'bench' -d 'Measure how fast the cluster is, seen from here.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'doctor' -d 'Find what is wrong, or may go wrong, and say what to do.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'audit' -d 'Show who changed what and why, newest first.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'store' -d 'Manage stores and their volumes.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'can' -d 'Ask whether a store may be stopped or retired.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'member' -d 'List prisms and stores, and change what they may do.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'prune' -d 'Remove what nothing needs any more.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'catalog' -d 'Dump the catalog, or rebuild it from the volumes.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'account' -d 'Manage the accounts that may use the cluster.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'session' -d 'List and end the sessions of accounts.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'keygen' -d 'Log in and print a token, or make a TLS certificate.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs put" -ge 1' -F
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" r recursive' -l 'recursive' -s 'r' -d 'Put the files in folders, and in folders in those.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" hash' -l 'hash' -d 'Name contents by this hash: md5, sha1, sha224, sha256, sha384, sha512.' -rfka 'md5 sha1 sha224 sha256 sha384 sha512'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" expect' -l 'expect' -d 'Refuse the file if this is not its hash.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" copies' -l 'copies' -d 'Keep this many copies.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" ext' -l 'ext' -d 'Keep this extension, not that of the name.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" type' -l 'type' -d 'Keep this media type, not that of the extension.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" no-precheck' -l 'no-precheck' -d 'Send without asking first whether the content is there.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs put" j parallel' -s 'j' -l 'parallel' -d 'Work on this many files at once. Without it one for each processor, at least 4, and 32 where all are small.' -rfka ''
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
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs exists" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
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
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs purchase create" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
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
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" apply' -l 'apply' -d 'Do it without asking.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" dry-run' -l 'dry-run' -d 'Only show what would be done; the plan is not kept.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" reason' -l 'reason' -d 'Why, for the audit.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" wait' -l 'wait' -d 'Wait until every store has put its file into the trash.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rm" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" dry-run' -l 'dry-run' -d 'Only show what would be done; the plan is not kept.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" reason' -l 'reason' -d 'Why, for the audit.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" bwlimit' -l 'bwlimit' -d 'Move so many bytes a second at each store, at most: 20M, 64MiB.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" concurrency' -l 'concurrency' -d 'Have each store do so many tasks at once, at most.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" detach' -l 'detach' -d 'Do not wait until it is done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs undelete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" prefix' -l 'prefix' -d 'All whose hash begins so.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" on' -l 'on' -d 'All that this store holds.' -rfka '(__sfs_custom_completion ---completion clone -- --on (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" in' -l 'in' -d 'All that a store of this zone holds.' -rfka '(__sfs_custom_completion ---completion clone -- --in (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" all' -l 'all' -d 'All contents.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" detail' -l 'detail' -d 'Only show hash, size, type and the state of each copy of this content.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" below' -l 'below' -d 'Only contents with fewer copies than this.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" at' -l 'at' -d 'Only contents with exactly so many copies.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" above' -l 'above' -d 'Only contents with more copies than this.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" copies' -l 'copies' -d 'Have so many copies from now on. Without it, as many as each content wants.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" to' -l 'to' -d 'Have one copy on this store, or in this zone.' -rfka '(__sfs_custom_completion ---completion clone -- --to (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" away' -l 'away' -d 'Have no copy on this store, or in this zone.' -rfka '(__sfs_custom_completion ---completion clone -- --away (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" remove' -l 'remove' -d 'Remove copies beyond the number, each after proof that enough others are good.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" no-verify' -l 'no-verify' -d 'Copy from a replica without reading all of it first; what comes is still checked.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" apply' -l 'apply' -d 'Do it without asking.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" dry-run' -l 'dry-run' -d 'Only show what would be done; the plan is not kept.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" reason' -l 'reason' -d 'Why, for the audit.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" bwlimit' -l 'bwlimit' -d 'Move so many bytes a second at each store, at most: 20M, 64MiB.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" concurrency' -l 'concurrency' -d 'Have each store do so many tasks at once, at most.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" detach' -l 'detach' -d 'Do not wait until it is done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs clone" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" store' -l 'store' -d 'Only this store gives and takes.' -rfka '(__sfs_custom_completion ---completion balance -- --store (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" zone' -l 'zone' -d 'Only stores of this zone give and take.' -rfka '(__sfs_custom_completion ---completion balance -- --zone (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" band' -l 'band' -d 'Leave stores alone that differ by no more points of fill.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" check' -l 'check' -d 'Only ask whether there is anything to do: 0 = no, 1 = yes.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" apply' -l 'apply' -d 'Do it without asking.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" dry-run' -l 'dry-run' -d 'Only show what would be done; the plan is not kept.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" reason' -l 'reason' -d 'Why, for the audit.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" bwlimit' -l 'bwlimit' -d 'Move so many bytes a second at each store, at most: 20M, 64MiB.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" concurrency' -l 'concurrency' -d 'Have each store do so many tasks at once, at most.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" detach' -l 'detach' -d 'Do not wait until it is done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs balance" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" store' -l 'store' -d 'This store.' -rfka '(__sfs_custom_completion ---completion verify -- --store (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" zone' -l 'zone' -d 'All stores of this zone.' -rfka '(__sfs_custom_completion ---completion verify -- --zone (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" all' -l 'all' -d 'All stores.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" since' -l 'since' -d 'Only what was not verified since: 2026-11-22, 2026-11-22T09:30:00Z, or 7d ago.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" force' -l 'force' -d 'Also what was verified lately.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" bwlimit' -l 'bwlimit' -d 'Read so many bytes a second at each store, at most.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" detach' -l 'detach' -d 'Do not wait until it is done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" report' -l 'report' -d 'Only show what the last pass of each store found.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" watch' -l 'watch' -d 'Only watch what is under way.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" pause' -l 'pause' -d 'Pause what is under way.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" resume' -l 'resume' -d 'Go on with what was paused.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" cancel' -l 'cancel' -d 'Stop what is under way.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" store' -l 'store' -d 'This store.' -rfka '(__sfs_custom_completion ---completion inventory -- --store (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" zone' -l 'zone' -d 'All stores of this zone.' -rfka '(__sfs_custom_completion ---completion inventory -- --zone (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" all' -l 'all' -d 'All stores.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" force' -l 'force' -d 'Look at every file, not only where the two differ.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" accept-missing' -l 'accept-missing' -d 'Go on though most of what is recorded is missing from the volume.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" detach' -l 'detach' -d 'Do not wait until it is done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" report' -l 'report' -d 'Only show what the last pass of each store found.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" watch' -l 'watch' -d 'Only watch what is under way.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" pause' -l 'pause' -d 'Pause what is under way.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" resume' -l 'resume' -d 'Go on with what was paused.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" cancel' -l 'cancel' -d 'Stop what is under way.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs inventory" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs rule" -eq 1' -fa 'show' -d 'Show the rules of contents.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs rule" -eq 1' -fa 'set' -d 'Give contents rules, in place of those that they have.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs rule" -eq 1' -fa 'clear' -d 'Take all rules off contents.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs rule" -eq 1' -fa 'list' -d 'List the contents that have rules.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" copy-minimum' -l 'copy-minimum' -d 'Keep at least so many copies.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" copy-maximum' -l 'copy-maximum' -d 'Keep at most so many copies.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set"' -l 'force-on' -d 'Have a copy on these stores, with commas between; may be repeated.' -rfka '(__sfs_custom_completion ---completion rule set -- --force-on (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" force-all' -l 'force-all' -d 'Have a copy on every store that can.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set"' -l 'protect-on' -d 'Never take the copies off these stores.' -rfka '(__sfs_custom_completion ---completion rule set -- --protect-on (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" protect-all' -l 'protect-all' -d 'Never take any copy away.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set"' -l 'ban-on' -d 'Never make a copy on these stores.' -rfka '(__sfs_custom_completion ---completion rule set -- --ban-on (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule set" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" stdin' -l 'stdin' -d 'Read the list from standard input, one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" i input' -s 'i' -l 'input' -d 'Read the list from this file, one per line; \'-\' is standard input.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" 0' -s '0' -d 'In that list, end each with a NUL and not a line break.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule clear" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule list" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule list" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule list" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule list" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule list" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule list" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule list" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs rule list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan" -eq 1' -fa 'list' -d 'List plans, newest first.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan" -eq 1' -fa 'show' -d 'Show all that a plan says.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan" -eq 1' -fa 'apply' -d 'Do what a plan has shown.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan" -eq 1' -fa 'pause' -d 'Begin nothing more for plans until they are resumed.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan" -eq 1' -fa 'resume' -d 'Go on with plans that were paused.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan" -eq 1' -fa 'cancel' -d 'Leave undone what plans have not done yet.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" state' -l 'state' -d 'Only those in this state.' -rfka 'shown running paused done cancelled refused'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" limit' -l 'limit' -d 'At most so many.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan show" -eq 1' -fka '(__sfs_custom_completion ---completion plan show -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" steps' -l 'steps' -d 'Show what each store is to do with each content instead.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan apply" -eq 1' -fka '(__sfs_custom_completion ---completion plan apply -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" detach' -l 'detach' -d 'Do not wait until it is done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan apply" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan pause" -ge 1' -fka '(__sfs_custom_completion ---completion plan pause -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan pause" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan pause" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan pause" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan pause" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan pause" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan pause" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan pause" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan pause" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan resume" -ge 1' -fka '(__sfs_custom_completion ---completion plan resume -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan resume" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan resume" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan resume" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan resume" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan resume" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan resume" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan resume" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan resume" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs plan cancel" -ge 1' -fka '(__sfs_custom_completion ---completion plan cancel -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan cancel" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan cancel" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan cancel" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan cancel" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan cancel" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan cancel" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan cancel" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs plan cancel" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs task" -eq 1' -fa 'list' -d 'List tasks, oldest first.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs task" -eq 1' -fa 'show' -d 'Show all that is known of a task.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs task" -eq 1' -fa 'watch' -d 'Watch plans that are under way until they are done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs task" -eq 1' -fa 'pause' -d 'Leave tasks until they are resumed.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs task" -eq 1' -fa 'resume' -d 'Go on with tasks that were paused.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs task" -eq 1' -fa 'cancel' -d 'Take tasks back.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs task" -eq 1' -fa 'retry' -d 'Try tasks again that were set aside.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" plan' -l 'plan' -d 'Only those of this plan.' -rfka '(__sfs_custom_completion ---completion task list -- --plan (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" store' -l 'store' -d 'Only those that this store does.' -rfka '(__sfs_custom_completion ---completion task list -- --store (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" state' -l 'state' -d 'Only those in this state.' -rfka 'waiting running paused failed'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" limit' -l 'limit' -d 'At most so many; usually all.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task show" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task show" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task show" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task show" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task show" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task show" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task show" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs task watch" -ge 1' -fka '(__sfs_custom_completion ---completion task watch -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task watch" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task watch" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task watch" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task watch" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task watch" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task watch" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task watch" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task watch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" plan' -l 'plan' -d 'All tasks of this plan.' -rfka '(__sfs_custom_completion ---completion task pause -- --plan (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" state' -l 'state' -d 'All tasks in this state.' -rfka 'waiting running paused failed'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task pause" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" plan' -l 'plan' -d 'All tasks of this plan.' -rfka '(__sfs_custom_completion ---completion task resume -- --plan (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" state' -l 'state' -d 'All tasks in this state.' -rfka 'waiting running paused failed'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task resume" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" plan' -l 'plan' -d 'All tasks of this plan.' -rfka '(__sfs_custom_completion ---completion task cancel -- --plan (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" state' -l 'state' -d 'All tasks in this state.' -rfka 'waiting running paused failed'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task cancel" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" plan' -l 'plan' -d 'All tasks of this plan.' -rfka '(__sfs_custom_completion ---completion task retry -- --plan (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" state' -l 'state' -d 'All tasks in this state.' -rfka 'waiting running paused failed'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs task retry" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" watch' -l 'watch' -d 'Show it again every so many seconds, until q or Ctrl-C.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" interval' -l 'interval' -d 'Seconds from one report to the next.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" count' -l 'count' -d 'End after so many reports.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs top" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs bench" -ge 1' -fka 'put get range purchase play'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" size' -l 'size' -d 'Bytes of each content.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" range-size' -l 'range-size' -d 'Bytes of each range.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" concurrency j' -s 'j' -l 'concurrency' -d 'Requests at once.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" duration' -l 'duration' -d 'How long each mode lasts: 10s, 2m.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" max-bytes' -l 'max-bytes' -d 'End a mode after so many bytes.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" max-requests' -l 'max-requests' -d 'End a mode after so many requests.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" clean' -l 'clean' -d 'Measure nothing; remove what a run that was killed has left.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs bench" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs doctor" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs doctor" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs doctor" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs doctor" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs doctor" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs doctor" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs doctor" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" subject' -l 'subject' -d 'Only about this: a hash, a member, an account.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" actor' -l 'actor' -d 'Only by this one.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" since' -l 'since' -d 'Only since then: 2026-11-22, 2026-11-22T09:30:00Z, or 7d ago.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" limit' -l 'limit' -d 'At most so many lines.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs audit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store" -eq 1' -fa 'init' -d 'Make a volume of an empty folder.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store" -eq 1' -fa 'adopt' -d 'Take over a volume that is there already, in place.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store" -eq 1' -fa 'list' -d 'List the stores.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store" -eq 1' -fa 'show' -d 'Show all that is known of a store.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store" -eq 1' -fa 'drain' -d 'Bring everything that a store holds elsewhere.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store" -eq 1' -fa 'undrain' -d 'Have a store take contents again.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store" -eq 1' -fa 'retire' -d 'Take a store out of the cluster for good.'
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
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store adopt" -eq 1' -fa '(__sfs_complete_directories)'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" store' -l 'store' -d 'Which store of the configuration; without it, the one that names the folder.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" take-over' -l 'take-over' -d 'Take a volume of ours though it is another host\'s; that one is refused then.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store adopt" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" retired' -l 'retired' -d 'Also those that were retired.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store show" -eq 1' -fka '(__sfs_custom_completion ---completion store show -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store show" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store show" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store show" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store show" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store show" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store show" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store show" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store drain" -eq 1' -fka '(__sfs_custom_completion ---completion store drain -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" apply' -l 'apply' -d 'Do it without asking.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" dry-run' -l 'dry-run' -d 'Only show what would be done; the plan is not kept.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" reason' -l 'reason' -d 'Why, for the audit.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" bwlimit' -l 'bwlimit' -d 'Move so many bytes a second at each store, at most: 20M, 64MiB.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" concurrency' -l 'concurrency' -d 'Have each store do so many tasks at once, at most.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" detach' -l 'detach' -d 'Do not wait until it is done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store drain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store undrain" -eq 1' -fka '(__sfs_custom_completion ---completion store undrain -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store undrain" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store undrain" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store undrain" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store undrain" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store undrain" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store undrain" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store undrain" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store undrain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs store retire" -eq 1' -fka '(__sfs_custom_completion ---completion store retire -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" apply' -l 'apply' -d 'Do it without asking.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs store retire" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs can" -eq 1' -fka 'stop retire'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs can" -eq 2' -fka '(__sfs_custom_completion ---completion can -- positional@1 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs can" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs can" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs can" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs can" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs can" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs can" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs can" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs can" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs member" -eq 1' -fa 'list' -d 'List the prisms and stores.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs member" -eq 1' -fa 'roles' -d 'Give a member roles and take roles from it.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs member" -eq 1' -fa 'remove' -d 'Take a prism out of the catalog that is gone for good.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member list" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member list" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member list" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member list" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member list" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member list" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member list" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs member roles" -eq 1' -fka '(__sfs_custom_completion ---completion member roles -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member roles" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member roles" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member roles" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member roles" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member roles" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member roles" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member roles" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member roles" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs member remove" -eq 1' -fka '(__sfs_custom_completion ---completion member remove -- positional@0 (count (__sfs_tokens -pc)) (__sfs_tokens -tC))'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" apply' -l 'apply' -d 'Do it without asking.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs member remove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune"' -l 'only' -d 'Only this kind; may be repeated: purchases, sessions, votes, spool, trash, orphans, traffic, plans.' -rfka 'purchases sessions votes spool trash orphans traffic plans'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" dry-run' -l 'dry-run' -d 'Only show what would go.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs prune" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs catalog" -eq 1' -fa 'url' -d 'Show where the catalog is, without its password.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs catalog" -eq 1' -fa 'dump' -d 'Write the catalog as JSON, one object per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs catalog" -eq 1' -fa 'rebuild' -d 'Make a lost catalog anew from what the volumes hold.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog url" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog url" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog url" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog url" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog url" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog url" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog url" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog url" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_positional "sfs catalog dump" -eq 1' -F
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog dump" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog dump" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog dump" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog dump" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog dump" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog dump" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog dump" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog dump" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" watch' -l 'watch' -d 'Only watch a rebuild that is under way.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" detach' -l 'detach' -d 'Do not wait until it is done.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" socket' -l 'socket' -d 'Ask the daemon behind this Unix socket.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" url' -l 'url' -d 'Ask the prism at this URL.' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" token-file' -l 'token-file' -d 'Prove who you are with the token in this file.' -rF
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" token' -l 'token' -d 'Prove who you are with this token, which others can see in ps(1).' -rfka ''
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" json' -l 'json' -d 'Print JSON: one object, or one per line.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" q quiet' -l 'quiet' -s 'q' -d 'Show no progress.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" version' -l 'version' -d 'Show the version.'
complete -c 'sfs' -n '__sfs_should_offer_completions_for_flags_or_options "sfs catalog rebuild" h help' -s 'h' -l 'help' -d 'Show help information.'
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

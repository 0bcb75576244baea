#!/bin/bash

__sfs_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__sfs_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__sfs_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sfs_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sfs() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    put|get|exists|stat|purchase|rm|undelete|clone|balance|verify|inventory|rule|plan|task|status|top|bench|doctor|audit|store|can|member|prune|catalog|account|session|keygen|help)
        # Offer subcommand argument completions
        "_sfs_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'put get exists stat purchase rm undelete clone balance verify inventory rule plan task status top bench doctor audit store can member prune catalog account session keygen help' -- "${cur}"))
        ;;
    esac
}

_sfs_put() {
    repeating_flags=()
    non_repeating_flags=(--recursive -r --stdin -0 --no-precheck --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-i --input --hash --expect --copies --ext --type -j --parallel --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--hash')
        __sfs_add_completions -W 'md5'$'\n''sha1'$'\n''sha224'$'\n''sha256'$'\n''sha384'$'\n''sha512'
        return
        ;;
    '--expect')
        return
        ;;
    '--copies')
        return
        ;;
    '--ext')
        return
        ;;
    '--type')
        return
        ;;
    '-j'|'--parallel')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sfs_add_completions -f
        return
        ;;
    esac
}

_sfs_get() {
    repeating_flags=()
    non_repeating_flags=(--resume --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --range --socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __sfs_add_completions -f
        return
        ;;
    '--range')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_exists() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --missing --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-i --input --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_stat() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_purchase() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    create|list|show|extend|revoke)
        # Offer subcommand argument completions
        "_sfs_purchase_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'create list show extend revoke' -- "${cur}"))
        ;;
    esac
}

_sfs_purchase_create() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --json --quiet -q --version -h --help)
    repeating_options=(--referrer --ip)
    non_repeating_options=(-i --input --ext --life --name --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--ext')
        return
        ;;
    '--life')
        return
        ;;
    '--referrer')
        return
        ;;
    '--ip')
        return
        ;;
    '--name')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_purchase_list() {
    repeating_flags=()
    non_repeating_flags=(--all --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--hash --account --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--hash')
        return
        ;;
    '--account')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_purchase_show() {
    repeating_flags=()
    non_repeating_flags=(--all --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--hash --account --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--hash')
        return
        ;;
    '--account')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_purchase_extend() {
    repeating_flags=()
    non_repeating_flags=(--all --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--hash --account --life --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--hash')
        return
        ;;
    '--account')
        return
        ;;
    '--life')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_purchase_revoke() {
    repeating_flags=()
    non_repeating_flags=(--all --apply --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--hash --account --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--hash')
        return
        ;;
    '--account')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_rm() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --apply --dry-run --wait --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-i --input --reason --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--reason')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_undelete() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --dry-run --detach --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-i --input --reason --bwlimit --concurrency --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--reason')
        return
        ;;
    '--bwlimit')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_clone() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --all --remove --no-verify --apply --dry-run --detach --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-i --input --prefix --on --in --detail --below --at --above --copies --to --away --reason --bwlimit --concurrency --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--prefix')
        return
        ;;
    '--on')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion clone -- --on "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--in')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion clone -- --in "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--detail')
        return
        ;;
    '--below')
        return
        ;;
    '--at')
        return
        ;;
    '--above')
        return
        ;;
    '--copies')
        return
        ;;
    '--to')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion clone -- --to "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--away')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion clone -- --away "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--reason')
        return
        ;;
    '--bwlimit')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_balance() {
    repeating_flags=()
    non_repeating_flags=(--check --apply --dry-run --detach --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--store --zone --band --reason --bwlimit --concurrency --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion balance -- --store "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--zone')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion balance -- --zone "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--band')
        return
        ;;
    '--reason')
        return
        ;;
    '--bwlimit')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_verify() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --all --force --detach --report --watch --pause --resume --cancel --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-i --input --store --zone --since --bwlimit --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--store')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion verify -- --store "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--zone')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion verify -- --zone "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--since')
        return
        ;;
    '--bwlimit')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_inventory() {
    repeating_flags=()
    non_repeating_flags=(--all --force --accept-missing --detach --report --watch --pause --resume --cancel --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--store --zone --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion inventory -- --store "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--zone')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion inventory -- --zone "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_rule() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|set|clear|list)
        # Offer subcommand argument completions
        "_sfs_rule_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show set clear list' -- "${cur}"))
        ;;
    esac
}

_sfs_rule_show() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-i --input --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_rule_set() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --force-all --protect-all --json --quiet -q --version -h --help)
    repeating_options=(--force-on --protect-on --ban-on)
    non_repeating_options=(-i --input --copy-minimum --copy-maximum --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--copy-minimum')
        return
        ;;
    '--copy-maximum')
        return
        ;;
    '--force-on')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion rule set -- --force-on "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--protect-on')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion rule set -- --protect-on "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--ban-on')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion rule set -- --ban-on "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_rule_clear() {
    repeating_flags=()
    non_repeating_flags=(--stdin -0 --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-i --input --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--input')
        __sfs_add_completions -f
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_rule_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_plan() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|apply|pause|resume|cancel)
        # Offer subcommand argument completions
        "_sfs_plan_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show apply pause resume cancel' -- "${cur}"))
        ;;
    esac
}

_sfs_plan_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--state --limit --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--state')
        __sfs_add_completions -W 'shown'$'\n''running'$'\n''paused'$'\n''done'$'\n''cancelled'$'\n''refused'
        return
        ;;
    '--limit')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_plan_show() {
    repeating_flags=()
    non_repeating_flags=(--steps --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion plan show -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_plan_apply() {
    repeating_flags=()
    non_repeating_flags=(--detach --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion plan apply -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_plan_pause() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion plan pause -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_plan_resume() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion plan resume -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_plan_cancel() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion plan cancel -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_task() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|watch|pause|resume|cancel|retry)
        # Offer subcommand argument completions
        "_sfs_task_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show watch pause resume cancel retry' -- "${cur}"))
        ;;
    esac
}

_sfs_task_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--plan --store --state --limit --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--plan')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion task list -- --plan "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--store')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion task list -- --store "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __sfs_add_completions -W 'waiting'$'\n''running'$'\n''paused'$'\n''failed'
        return
        ;;
    '--limit')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_task_show() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_task_watch() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion task watch -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_task_pause() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--plan --state --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--plan')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion task pause -- --plan "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __sfs_add_completions -W 'waiting'$'\n''running'$'\n''paused'$'\n''failed'
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_task_resume() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--plan --state --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--plan')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion task resume -- --plan "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __sfs_add_completions -W 'waiting'$'\n''running'$'\n''paused'$'\n''failed'
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_task_cancel() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--plan --state --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--plan')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion task cancel -- --plan "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __sfs_add_completions -W 'waiting'$'\n''running'$'\n''paused'$'\n''failed'
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_task_retry() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--plan --state --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--plan')
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion task retry -- --plan "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __sfs_add_completions -W 'waiting'$'\n''running'$'\n''paused'$'\n''failed'
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_status() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--watch --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--watch')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_top() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--interval --count --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--interval')
        return
        ;;
    '--count')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_bench() {
    repeating_flags=()
    non_repeating_flags=(--clean --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--size --range-size -j --concurrency --duration --max-bytes --max-requests --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--size')
        return
        ;;
    '--range-size')
        return
        ;;
    '-j'|'--concurrency')
        return
        ;;
    '--duration')
        return
        ;;
    '--max-bytes')
        return
        ;;
    '--max-requests')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sfs_add_completions -W 'put'$'\n''get'$'\n''range'$'\n''purchase'$'\n''play'
        return
        ;;
    esac
}

_sfs_doctor() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_audit() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--subject --actor --since --limit --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--subject')
        return
        ;;
    '--actor')
        return
        ;;
    '--since')
        return
        ;;
    '--limit')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_store() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    init|adopt|list|show|drain|undrain|retire)
        # Offer subcommand argument completions
        "_sfs_store_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'init adopt list show drain undrain retire' -- "${cur}"))
        ;;
    esac
}

_sfs_store_init() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--store --socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -d
        return
        ;;
    esac
}

_sfs_store_adopt() {
    repeating_flags=()
    non_repeating_flags=(--take-over --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--store --socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -d
        return
        ;;
    esac
}

_sfs_store_list() {
    repeating_flags=()
    non_repeating_flags=(--retired --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_store_show() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion store show -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_store_drain() {
    repeating_flags=()
    non_repeating_flags=(--apply --dry-run --detach --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--reason --bwlimit --concurrency --socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--reason')
        return
        ;;
    '--bwlimit')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion store drain -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_store_undrain() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion store undrain -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_store_retire() {
    repeating_flags=()
    non_repeating_flags=(--apply --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion store retire -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_can() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W 'stop'$'\n''retire'
        return
        ;;
    2)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion can -- positional@1 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_member() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|roles|remove)
        # Offer subcommand argument completions
        "_sfs_member_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list roles remove' -- "${cur}"))
        ;;
    esac
}

_sfs_member_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_member_roles() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion member roles -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_member_remove() {
    repeating_flags=()
    non_repeating_flags=(--apply --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -W "$(__sfs_custom_complete ---completion member remove -- positional@0 "${COMP_CWORD}" "$(__sfs_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sfs_prune() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --json --quiet -q --version -h --help)
    repeating_options=(--only)
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--only')
        __sfs_add_completions -W 'purchases'$'\n''sessions'$'\n''votes'$'\n''spool'$'\n''trash'$'\n''orphans'$'\n''traffic'$'\n''plans'
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_catalog() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    url|dump|rebuild)
        # Offer subcommand argument completions
        "_sfs_catalog_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'url dump rebuild' -- "${cur}"))
        ;;
    esac
}

_sfs_catalog_url() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_catalog_dump() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sfs_add_completions -f
        return
        ;;
    esac
}

_sfs_catalog_rebuild() {
    repeating_flags=()
    non_repeating_flags=(--watch --detach --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_account() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    create|list|passwd|disable|enable|remove)
        # Offer subcommand argument completions
        "_sfs_account_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'create list passwd disable enable remove' -- "${cur}"))
        ;;
    esac
}

_sfs_account_create() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=(--role)
    non_repeating_options=(--password-file --socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--role')
        __sfs_add_completions -W 'create'$'\n''read'$'\n''update'$'\n''delete'
        return
        ;;
    '--password-file')
        __sfs_add_completions -f
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_account_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_account_passwd() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--password-file --socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--password-file')
        __sfs_add_completions -f
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_account_disable() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_account_enable() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_account_remove() {
    repeating_flags=()
    non_repeating_flags=(--apply --json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --url --token-file --token)
    __sfs_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_session() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|revoke)
        # Offer subcommand argument completions
        "_sfs_session_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list revoke' -- "${cur}"))
        ;;
    esac
}

_sfs_session_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--account --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--account')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_session_revoke() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--account --socket --url --token-file --token)
    __sfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--account')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_keygen() {
    repeating_flags=()
    non_repeating_flags=(--temporary --tls --json --quiet -q --version -h --help)
    repeating_options=(--name)
    non_repeating_options=(--user -u --password-file --out --days --socket --url --token-file --token)
    __sfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--user'|'-u')
        return
        ;;
    '--password-file')
        __sfs_add_completions -f
        return
        ;;
    '--out')
        __sfs_add_completions -d
        return
        ;;
    '--name')
        return
        ;;
    '--days')
        return
        ;;
    '--socket')
        __sfs_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '--token-file')
        __sfs_add_completions -f
        return
        ;;
    '--token')
        return
        ;;
    esac
}

_sfs_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sfs_offer_flags_options -1
}

complete -o filenames -F _sfs sfs

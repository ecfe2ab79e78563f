# The first word may be a path: then the line means the same with `run` before it.
__concrun_complete() {
    local is_subcommand=false
    declare -F "_concrun_${COMP_WORDS[1]}" >/dev/null && is_subcommand=true
    if ((COMP_CWORD == 1)) || "${is_subcommand}"; then
        _concrun "${@}"
    fi
    if ((COMP_CWORD == 1)) || ! "${is_subcommand}"; then
        local -a offered=("${COMPREPLY[@]}")
        local -a COMP_WORDS=("${COMP_WORDS[0]}" run "${COMP_WORDS[@]:1}")
        local -i COMP_CWORD=$((COMP_CWORD + 1))
        COMPREPLY=()
        _concrun "${1}" "${2}" "${COMP_WORDS[COMP_CWORD - 1]}"
        COMPREPLY=("${offered[@]}" "${COMPREPLY[@]}")
    fi
}

complete -o filenames -F __concrun_complete concrun

# The first word may be a path: then the line means the same with `run` before it.
_concrun() {
    local -i ret=1 is_subcommand="${+functions[_concrun_${words[2]}]}"
    if (( CURRENT == 2 || is_subcommand )); then
        _concrun_subcommands "${@}" && ret=0
    fi
    if (( CURRENT == 2 || ! is_subcommand )); then
        words=("${words[1]}" run "${(@)words[2,-1]}")
        (( CURRENT++ ))
        _concrun_subcommands "${@}" && ret=0
    fi
    return ret
}

if [[ "${funcstack[1]}" = _concrun ]]; then
    _concrun "${@}"
else
    compdef _concrun concrun
fi

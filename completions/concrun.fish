# The first word may be a path.
complete -c concrun -n '__concrun_should_offer_completions_for_positional "concrun" -eq 1' -fa '(
    set -l exts yaml yml
    for p in (string match -e -- "*/" (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end
    __fish_complete_directories (commandline -t) ""
)'

"""completion: the lines that teach a shell to complete what is typed behind `bandoc`."""

from __future__ import annotations

import click

from tui.cli import DONE, output
from tui.cli.root import Session, Verb, session
from tui.i18n import _

_BASH = r"""# bash completion for bandoc; in ~/.bashrc: eval "$(bandoc completion bash)"
_bandoc() {
    local line files=
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :files) files=default ;;
            :folders) files=dirnames ;;
            :open) compopt -o nospace 2>/dev/null ;;
            :quoted) compopt -o filenames 2>/dev/null ;;
            *) COMPREPLY+=("$line") ;;
        esac
    done < <(_BANDOC_COMPLETE=bash "$1" "$1" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    [[ -n $files && ${#COMPREPLY[@]} -eq 0 ]] && compopt -o "$files" 2>/dev/null
    return 0
}
complete -F _bandoc bandoc
"""

_ZSH = r"""#compdef bandoc
# zsh completion for bandoc; in ~/.zshrc after compinit: eval "$(bandoc completion zsh)"
_bandoc() {
    local line files= end=' '
    local -a values shown
    while IFS= read -r line; do
        case $line in
            :files) files=(_files) ;;
            :folders) files=(_files -/) ;;
            :open) end='' ;;
            :quoted) ;;
            *) values+=("${line%%$'\t'*}"); shown+=("${line/$'\t'/  }") ;;
        esac
    done < <(_BANDOC_COMPLETE=zsh "${(Q)~words[1]}" "${(@Q)words[1,CURRENT-1]}" "$words[CURRENT]" 2>/dev/null)
    (( $#values )) && compadd -U -V bandoc -S "$end" -l -d shown -a values
    (( $#files )) && $files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _bandoc "$@"
else
    compdef _bandoc bandoc
fi
"""

_FISH = r"""# fish completion for bandoc; in ~/.config/fish/config.fish: bandoc completion fish | source
function __bandoc_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (_BANDOC_COMPLETE=fish $words[1] $words "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$current"
            case :folders
                __fish_complete_directories "$current"
            case :open :quoted
            case '*'
                echo $line
        end
    end
end
complete --command bandoc --no-files --keep-order --arguments '(__bandoc_complete)'
"""

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


@click.command(
    "completion",
    cls=Verb,
    short_help=_("Completion for a shell."),
    help=_(
        "Print what teaches a shell to complete verbs, options, files, saved searches, fields of filters and"
        " the names in the library. Tab then asks bandoc, which looks and never writes."
    ),
    examples="""
        eval "$(bandoc completion bash)"
        bandoc completion zsh > ~/.zfunc/_bandoc
        bandoc completion fish > ~/.config/fish/completions/bandoc.fish
    """,
)
@click.argument("shell", type=click.Choice(list(SCRIPTS)))
@session
def completion(here: Session, *, shell: str) -> int:
    output.emit(SCRIPTS[shell])
    return DONE


COMMANDS = {"completion": completion}

//! What may be asked for around shells: their completions, and the manual page.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{COMMANDS, Cli};

/// For which shell.
#[derive(Debug, Clone, Args)]
pub struct Completions {
    /// The shell that shall complete
    pub shell: Shell,
}

/// Which manual page.
#[derive(Debug, Clone, Args)]
pub struct Man {
    /// The command whose page it is; without one, the page of all of Lutrin
    #[arg(value_name = "COMMAND", value_parser = clap::builder::PossibleValuesParser::new(COMMANDS))]
    pub command: Option<String>,
}

/// Returns the completions of all commands, as the shell reads them.
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "lutrin", &mut bytes);
    bytes
}

/// Returns a manual page in roff: of a command, or of the program with a list of its commands.
pub fn man(command: Option<&str>) -> Vec<u8> {
    let mut program = Cli::command();
    program.build();
    let mut bytes = Vec::new();
    let page = match command.and_then(|name| program.find_subcommand(name)) {
        Some(one) => one.clone(),
        None => program,
    };
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(page).date("").manual("Lutrin").render(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn completions_know_each_command() {
        for shell in Shell::value_variants() {
            let words = String::from_utf8(completions(*shell)).expect("shells read UTF-8");
            for command in COMMANDS {
                assert!(words.contains(command), "{shell}: {command}");
            }
        }
    }

    #[test]
    fn manual_pages_tell_of_each_option() {
        let mut program = Cli::command();
        program.build();
        let all = std::iter::once((None, &program))
            .chain(COMMANDS.iter().filter_map(|name| Some((Some(*name), program.find_subcommand(name)?))));
        for (name, command) in all {
            let page = String::from_utf8(man(name)).expect("roff is letters").replace('\\', "");
            for option in command.get_arguments().filter_map(|one| one.get_long()) {
                assert!(page.contains(&format!("--{option}")), "{name:?}: {option}");
            }
            assert!(page.starts_with(".ie") && page.contains(".SH NAME"), "{name:?}");
        }
    }
}

//! The README tells what the program does: its keys, its commands and its minimum Rust version are those of the code.

use clap::CommandFactory;
use lutrin::cli::Cli;
use lutrin::present::BINDINGS;

const README: &str = include_str!("../README.md");

#[test]
fn the_key_table_is_the_programs() {
    let told = table("| key");
    let row = |binding: &lutrin::present::Binding| {
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        format!("|{}|{}|", keys.join(" "), binding.does)
    };
    let bound: Vec<String> = BINDINGS.iter().map(row).collect();
    assert_eq!(told.join("\n"), bound.join("\n"), "the keys are in `BINDINGS` of src/present/action.rs");
}

#[test]
fn the_commands_are_the_programs() {
    let command = |command: &clap::Command| {
        let about = command.get_about().expect("each command says what it does");
        format!("|`lutrin {}`|{about}|", command.get_name())
    };
    let all: Vec<String> = Cli::command().get_subcommands().map(command).collect();
    assert_eq!(table("| command").join("\n"), all.join("\n"), "the commands are in src/cli.rs");
}

/// Returns the rows of the table whose header begins so, without the blanks around its cells.
fn table(header: &str) -> Vec<String> {
    README
        .lines()
        .skip_while(|line| !line.starts_with(header))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>().join("|"))
        .collect()
}

#[test]
fn the_minimum_rust_version_is_the_manifests() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(README.contains(&format!("Rust {version}")), "Cargo.toml says {version}");
}

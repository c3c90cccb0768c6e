//! The `clustercast` command.

fn main() -> std::process::ExitCode {
    clustercast::cli::main()
}

//! The `clustercast` command.

fn main() {}

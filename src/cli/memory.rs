//! How much memory there is for an analysis that keeps every trial.

use std::fs;
use std::path::Path;

/// Bytes of memory that this process can still take: what the machine has left, or less where the process or its group is
/// bounded. `None` where the system does not say.
pub fn available() -> Option<u64> {
    let text = |path: &str| fs::read_to_string(Path::new(path)).unwrap_or_default();
    let machine = kilobytes(&text("/proc/meminfo"), "MemAvailable:");
    let taken = kilobytes(&text("/proc/self/status"), "VmSize:").unwrap_or(0);
    let process = address_space(&text("/proc/self/limits")).map(|most| most.saturating_sub(taken));
    let number = |path: &str| text(path).trim().parse::<u64>().ok();
    let group = number("/sys/fs/cgroup/memory.max");
    let group = group.map(|most| most.saturating_sub(number("/sys/fs/cgroup/memory.current").unwrap_or(0)));
    machine.into_iter().chain(process).chain(group).min()
}

/// The figure of a line such as `MemAvailable:   23456 kB`, in bytes.
fn kilobytes(text: &str, head: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(head))?;
    line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}

/// The first figure, which is the one in force, of the line `Max address space`; `None` where it is unlimited.
fn address_space(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_the_system_are_read() {
        let machine = "MemTotal:       24689332 kB\nMemAvailable:   23456 kB\n";
        assert_eq!(kilobytes(machine, "MemAvailable:"), Some(23_456 * 1024));
        assert_eq!(kilobytes("", "MemAvailable:"), None);
        let limits = "Max cpu time     unlimited  unlimited  seconds\nMax address space         3072000000           unlimited            bytes\n";
        assert_eq!(address_space(limits), Some(3_072_000_000));
        assert_eq!(address_space("Max address space  unlimited  unlimited  bytes\n"), None);
    }
}

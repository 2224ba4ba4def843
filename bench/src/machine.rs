//! Describes the machine in one line.

use std::fs;

/// Returns processor, cores, memory and system, as far as they are known.
pub(crate) fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory =
        field("/proc/meminfo", "MemTotal").and_then(|kilobytes| gibibytes(&kilobytes)).unwrap_or_default();
    let system = field("/etc/os-release", "PRETTY_NAME").unwrap_or_else(|| std::env::consts::OS.to_owned());
    let cores = if cores == 1 { "1 core".to_owned() } else { format!("{cores} cores") };
    format!("{processor}, {cores}{memory}, {}", system.trim_matches('"'))
}

/// Returns the text after the first `name:` or `name=` in a file.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let mut fields = text.lines().filter_map(|line| line.split_once([':', '=']));
    fields.find(|(found, _)| found.trim() == name).map(|(_, value)| value.trim().to_owned())
}

fn gibibytes(kilobytes: &str) -> Option<String> {
    let kilobytes: u64 = kilobytes.split(' ').next()?.parse().ok()?;
    Some(format!(", {} GiB", (kilobytes + (1 << 19)) >> 20))
}

#[cfg(test)]
mod tests {
    use super::gibibytes;

    #[test]
    fn memory_is_told_in_whole_gibibytes() {
        assert_eq!(gibibytes("16384000 kB").as_deref(), Some(", 16 GiB"));
        assert_eq!(gibibytes("much"), None);
    }
}

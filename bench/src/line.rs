//! The two connections: a phone on a slow one, and a computer on a fast one.

use std::fmt;

use serde_json::{Value, json};

/// A connection and a device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Line {
    /// 1.6 Mbit/s down, 0.75 up, 150 ms latency, and a main thread four times slower: Lighthouse's "slow 4G", on a
    /// phone with 390 × 844 CSS pixels.
    Slow,
    /// Without throttling, in a window of 1280 × 900.
    Fast,
    /// The phone's screen without throttling: for checks, not for timings.
    Phone,
}

impl Line {
    pub(crate) const ALL: [Self; 2] = [Self::Slow, Self::Fast];

    /// Returns the same screen without throttling.
    pub(crate) fn unthrottled(self) -> Self {
        if self == Self::Slow { Self::Phone } else { self }
    }

    /// Returns the DevTools commands that set these conditions.
    pub(crate) fn conditions(self) -> Vec<(&'static str, Value)> {
        let mut commands = vec![("Emulation.setDeviceMetricsOverride", self.screen())];
        if self == Self::Slow {
            commands.push(("Network.emulateNetworkConditions", conditions(1.6, 0.75, 150.0)));
            commands.push(("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })));
        }
        commands
    }

    fn screen(self) -> Value {
        match self {
            Self::Slow | Self::Phone => {
                json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true })
            }
            Self::Fast => json!({ "width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false }),
        }
    }
}

/// Returns the parameters of a DevTools command: bandwidth down and up in Mbit/s, latency in milliseconds.
pub(crate) fn conditions(down: f64, up: f64, latency: f64) -> Value {
    let bytes_a_second = |megabits: f64| megabits * 1_000_000.0 / 8.0;
    json!({
        "offline": false,
        "latency": latency,
        "downloadThroughput": bytes_a_second(down),
        "uploadThroughput": bytes_a_second(up),
    })
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Slow => "slow",
            Self::Fast => "fast",
            Self::Phone => "phone's",
        })
    }
}
